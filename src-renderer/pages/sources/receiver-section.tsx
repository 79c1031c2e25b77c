import { Switch } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import { FaultNote } from '#renderer/ui/fault-note'
import { Panel } from '#renderer/ui/panel'
import type { IntakeState, ReceiverSettings } from '#shared/contract/sources'
import { aeTitle, portNumber } from '#shared/domain/source'
import classes from './intake-panel.module.css'
import { SavedField } from './saved-field'

interface Props {
  state: IntakeState
  onChange: (part: Partial<ReceiverSettings>) => void
}

/** The storage provider: whether it listens, as what, and for whom. */
export function ReceiverSection({ state, onChange }: Props) {
  const { t } = useTranslation('sources')
  const { receiver: settings } = state.settings
  const { port, fault, received, refused, lastCaller } = state.receiver
  const chip = fault ? (
    <Chip tone="bad" icon={<IconAlertTriangle />}>
      {t('receiver.broken')}
    </Chip>
  ) : port === null ? (
    <Chip icon={<IconMinus />}>{t('receiver.off')}</Chip>
  ) : (
    <Chip tone="ok" icon={<IconCheck />}>
      {t('receiver.listening', { port: String(port) })}
    </Chip>
  )
  return (
    <Panel title={t('receiver.title')} aside={chip}>
      <p className="quiet">{t('receiver.about')}</p>
      <Line name={t('receiver.enabled')}>
        <Switch
          aria-label={t('receiver.enabled')}
          checked={settings.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
      </Line>
      <Line name={t('field.callingAe')}>
        <SavedField
          className={classes.short}
          label={t('field.callingAe')}
          value={settings.aeTitle}
          parse={(text) => aeTitle.safeParse(text).data ?? null}
          onSave={(title) => onChange({ aeTitle: title })}
          wrong={t('wrong.callingAe')}
        />
      </Line>
      <Line name={t('field.port')}>
        <SavedField
          className={classes.short}
          label={t('field.port')}
          value={String(settings.port)}
          parse={(text) => portNumber.safeParse(Number(text)).data ?? null}
          onSave={(number) => onChange({ port: number })}
          wrong={t('wrong.port')}
        />
      </Line>
      <Line name={t('receiver.network')} about={t('receiver.networkAbout')}>
        <Switch
          aria-label={t('receiver.network')}
          checked={settings.network}
          onChange={(event) => onChange({ network: event.currentTarget.checked })}
        />
      </Line>
      <Line name={t('receiver.callers')} about={t('receiver.callersAbout')}>
        <SavedField
          className={classes.callers}
          label={t('receiver.callers')}
          value={settings.callers.join(', ')}
          parse={callersOf}
          onSave={(callers) => onChange({ callers })}
          wrong={t('wrong.callingAe')}
        />
      </Line>
      {fault && <FaultNote fault={fault} />}
      {received + refused > 0 && (
        <p className="quiet" role="status">
          {[
            t('receiver.received', { count: received }),
            refused > 0 && t('receiver.refused', { count: refused }),
            lastCaller && t('receiver.last', { caller: lastCaller }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </Panel>
  )
}

function callersOf(text: string): string[] | null {
  const titles = text
    .split(',')
    .map((title) => title.trim())
    .filter(Boolean)
  return titles.every((title) => aeTitle.safeParse(title).success) ? titles : null
}

function Line({ name, about, children }: { name: string; about?: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <div>
        <p>{name}</p>
        {about && <p className={classes.about}>{about}</p>}
      </div>
      {children}
    </div>
  )
}
