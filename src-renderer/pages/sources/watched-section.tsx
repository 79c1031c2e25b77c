import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconFolderPlus, IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { toastError } from '#renderer/app/toast'
import { FaultNote } from '#renderer/ui/fault-note'
import { Panel } from '#renderer/ui/panel'
import type { IntakeState } from '#shared/contract/sources'
import classes from './intake-panel.module.css'

interface Props {
  state: IntakeState
  onChange: (watched: string[]) => void
}

/** Folders whose new files are taken in by themselves. */
export function WatchedSection({ state, onChange }: Props) {
  const { t } = useTranslation('sources')
  const [typed, setTyped] = useState('')
  const { watched } = state.settings
  const add = (path: string) => {
    if (path && !watched.includes(path)) onChange([...watched, path])
    setTyped('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add(typed.trim())
  }
  const choose = () => {
    desktop?.chooseFolder().then((path) => path && add(path), toastError)
  }
  return (
    <Panel title={t('watched.title')}>
      <p className="quiet">{t('watched.about')}</p>
      <ul className={classes.folders}>
        {watched.map((path) => {
          const now = state.watched.find((folder) => folder.path === path)
          return (
            <li key={path}>
              <div className={classes.folder}>
                <code>{path}</code>
                {now && now.taken > 0 && (
                  <span className="quiet">{t('watched.taken', { count: now.taken })}</span>
                )}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('watched.stop', { path })}
                  title={t('watched.stop', { path })}
                  onClick={() => onChange(watched.filter((other) => other !== path))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </div>
              {now?.fault && <FaultNote fault={now.fault} />}
            </li>
          )
        })}
      </ul>
      {desktop ? (
        <div>
          <Button variant="default" leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={choose}>
            {t('watched.choose')}
          </Button>
        </div>
      ) : (
        <form className={classes.add} onSubmit={submit}>
          <TextInput
            label={t('watched.path')}
            placeholder="/data/incoming"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ''}>
            {t('watched.add')}
          </Button>
        </form>
      )}
    </Panel>
  )
}
