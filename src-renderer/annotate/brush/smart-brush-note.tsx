import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { useSmartBrush } from './smart-brush'

/** Which network the smart brush asks, what it runs on, why nothing faster does, and how long it took. */
export function SmartBrushNote() {
  const { t } = useTranslation('annotate')
  const format = useFormat()
  const { state, model, started, milliseconds, working, fault } = useSmartBrush()
  if (state === 'failed' && fault) return <FaultNote fault={fault} />
  if (state === 'starting') {
    return (
      <p className="quiet">
        <Loader size={12} /> {t('smartBrush.starting')}
      </p>
    )
  }
  if (state !== 'ready' || !started) return null
  const { provider, threads, refused } = started
  return (
    <p className="quiet" title={refused.map((one) => `${one.provider}: ${one.reason}`).join('\n')}>
      {t('smartBrush.runs', { model, on: t(`smartBrush.${provider}`, { count: threads }) })}
      {working && ` · ${t('smartBrush.working')}`}
      {!working && milliseconds !== null && ` · ${format.milliseconds(milliseconds)}`}
    </p>
  )
}
