import { Button } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { toastError } from '#renderer/app/toast'
import { Fact, Facts } from '#renderer/ui/facts'
import { Panel } from '#renderer/ui/panel'
import classes from './about.module.css'

/** What this is, where its data lie, and under which licence it comes. */
export function About({ version, dataFolder }: { version: string; dataFolder: string }) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <Panel title={t('about.title')}>
      <p className={classes.note}>{t('common:researchAidLong')}</p>
      <p>{t('about.text')}</p>
      <Facts>
        <Fact name={t('about.version')}>Lepton Studio {version}</Fact>
        <Fact name={t('about.dataFolder')}>
          <code className={classes.path}>{dataFolder}</code>
        </Fact>
        <Fact name={t('about.licence')}>{t('about.licenceName')}</Fact>
      </Facts>
      <p className="quiet">{t('about.parts')}</p>
      {desktop && (
        <div>
          <Button
            variant="default"
            leftSection={<IconFolder size={16} aria-hidden />}
            onClick={() => desktop?.reveal(dataFolder).catch(toastError)}
          >
            {t('about.reveal')}
          </Button>
        </div>
      )}
    </Panel>
  )
}
