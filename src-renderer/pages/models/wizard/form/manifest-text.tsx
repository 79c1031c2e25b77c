import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#renderer/ui/panel'
import { json } from '../json-path'
import { useDraft } from './draft-form'
import classes from './form.module.css'

/** The draft as text, for what the form does not ask; taken over only when it is JSON. */
export function ManifestText() {
  const { t } = useTranslation('models')
  const { values, replace } = useDraft()
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const apply = () => {
    try {
      replace(json.parse(JSON.parse(typed ?? '')))
      setTyped(null)
      setError(null)
    } catch (reason) {
      setError(t('wizard.text.invalid', { reason: String(reason) }))
    }
  }
  return (
    <Panel>
      <details className={classes.advanced}>
        <summary>{t('wizard.text.title')}</summary>
        <Textarea
          aria-label={t('wizard.text.title')}
          description={t('wizard.text.hint')}
          rows={16}
          spellCheck={false}
          value={typed ?? JSON.stringify(values, null, 2)}
          error={error}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.end}>
          <Button size="xs" variant="default" disabled={typed === null} onClick={apply}>
            {t('wizard.text.apply')}
          </Button>
        </div>
      </details>
    </Panel>
  )
}
