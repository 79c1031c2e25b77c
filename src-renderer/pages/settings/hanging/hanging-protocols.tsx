import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconArrowUp, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProtocolName } from '#renderer/app/protocol-names'
import { useSaveSettings } from '#renderer/app/settings'
import { toastError } from '#renderer/app/toast'
import { Panel } from '#renderer/ui/panel'
import { builtInProtocols, type HangingProtocol, hangingPane } from '#shared/domain/hanging-protocol'
import classes from './hanging.module.css'
import { ProtocolDialog } from './protocol-dialog'

/** How studies are laid out when they are opened: switched on and off, ordered, edited; saved at once. */
export function HangingProtocols({ protocols }: { protocols: readonly HangingProtocol[] }) {
  const { t } = useTranslation('settings')
  const nameOf = useProtocolName()
  const { mutate } = useSaveSettings()
  const [edited, setEdited] = useState<HangingProtocol | null>(null)
  const save = (hangingProtocols: HangingProtocol[]) => mutate({ hangingProtocols }, { onError: toastError })
  const put = (protocol: HangingProtocol) => {
    const at = protocols.findIndex(({ id }) => id === protocol.id)
    save(at < 0 ? [...protocols, protocol] : protocols.with(at, protocol))
  }
  const up = (at: number) => {
    const [one, before] = [protocols[at], protocols[at - 1]]
    if (one && before) save(protocols.with(at - 1, one).with(at, before))
  }
  return (
    <Panel
      title={t('hanging.title')}
      aside={
        <Button size="xs" variant="default" onClick={() => setEdited(blank(t('hanging.new')))}>
          {t('hanging.add')}
        </Button>
      }
    >
      <p className={classes.about}>{t('hanging.about')}</p>
      <ul className={classes.list}>
        {protocols.map((protocol, at) => {
          const name = nameOf(protocol)
          return (
            <li key={protocol.id} className={classes.row}>
              <Switch
                size="xs"
                aria-label={t('hanging.on', { name })}
                checked={protocol.enabled}
                onChange={(event) => put({ ...protocol, enabled: event.currentTarget.checked })}
              />
              <span>
                {name}
                <Summary protocol={protocol} />
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={t('hanging.up', { name })}
                onClick={() => up(at)}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('hanging.edit', { name })}
                onClick={() => setEdited({ ...protocol, name })}
              >
                <IconPencil size={16} />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
      <Button size="xs" variant="subtle" color="gray" onClick={() => save([...builtInProtocols])}>
        {t('hanging.restore')}
      </Button>
      {edited && (
        <ProtocolDialog
          protocol={edited}
          onSave={put}
          onRemove={() => save(protocols.filter(({ id }) => id !== edited.id))}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  )
}

const blank = (name: string): HangingProtocol => ({
  id: crypto.randomUUID(),
  name,
  enabled: true,
  rule: { modalities: [], bodyPart: '', description: '', seriesAtLeast: 1 },
  layout: '1x2',
  panes: [hangingPane.parse({}), hangingPane.parse({})],
})

/** `CT + MR · CHEST · two side by side`. */
function Summary({ protocol: { rule, layout } }: { protocol: HangingProtocol }) {
  const { t } = useTranslation('settings')
  const rules = [
    rule.modalities.join(' + '),
    rule.bodyPart,
    rule.description && `“${rule.description}”`,
    rule.seriesAtLeast > 1 && t('hanging.series', { count: rule.seriesAtLeast }),
  ].filter(Boolean)
  const facts = [rules.length > 0 ? rules.join(' · ') : t('hanging.anything'), t(`hanging.layouts.${layout}`)]
  return <small className={classes.summary}>{facts.join(' → ')}</small>
}
