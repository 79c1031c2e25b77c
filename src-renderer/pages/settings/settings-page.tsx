import { useTranslation } from 'react-i18next'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { useAbout } from '#renderer/app/settings'
import { ErrorState } from '#renderer/ui/error-state'
import { PageFrame } from '#renderer/ui/page-frame'
import { About } from './about'
import { Doctor } from './doctor'
import { HangingProtocols } from './hanging/hanging-protocols'
import { Preferences } from './preferences'
import classes from './settings-page.module.css'

/** How the app looks and works for this person, and how this installation is doing. */
export default function SettingsPage() {
  const { t } = useTranslation('settings')
  useDocumentTitle(t('title'))
  const about = useAbout()
  return (
    <PageFrame title={t('title')} meta={about.data && `Lepton Studio ${about.data.version}`}>
      {about.isError && <ErrorState fault={faultFrom(about.error)} onRetry={() => about.refetch()} />}
      {about.data && (
        <div className={classes.main}>
          <div className={classes.columns}>
            <div className={classes.column}>
              <Preferences settings={about.data.settings} />
              <HangingProtocols protocols={about.data.settings.hangingProtocols} />
              <About version={about.data.version} dataFolder={about.data.dataFolder} />
            </div>
            <div className={classes.column}>
              <Doctor />
            </div>
          </div>
        </div>
      )}
    </PageFrame>
  )
}
