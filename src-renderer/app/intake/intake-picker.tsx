import { Button, Textarea } from '@mantine/core'
import { IconFiles, IconFolder } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktop } from '../desktop'
import { toastError } from '../toast'
import { pickedFiles } from './collect-files'
import type { Intake } from './intake'
import classes from './intake-picker.module.css'

interface Props {
  /** What the button under typed paths says. */
  submit: string
  onIntake: (intake: Intake) => void
}

const absolute = (path: string) => /^(\/|[a-z]:[\\/]|\\\\)/i.test(path)

/** Pick a folder or files, or type paths: native dialogs on the desktop, the browser's own elsewhere. */
export function IntakePicker({ submit, onIntake }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const folder = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const paths = typed
    .split('\n')
    .map((line) => line.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter(Boolean)
  const relative = paths.find((path) => !absolute(path))

  const pick = (kind: 'files' | 'folder') => {
    if (!desktop) return (kind === 'folder' ? folder : files).current?.click()
    desktop
      .openPaths(kind)
      .then((chosen) => chosen.length > 0 && onIntake({ kind: 'paths', paths: chosen }), toastError)
  }
  const picked = (list: FileList | null) => {
    if (list && list.length > 0) onIntake({ kind: 'files', files: pickedFiles(list) })
  }

  return (
    <>
      <div className={classes.pick}>
        <Button
          variant="default"
          leftSection={<IconFolder size={16} aria-hidden />}
          onClick={() => pick('folder')}
          data-autofocus
        >
          {t('intake.folder')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFiles size={16} aria-hidden />}
          onClick={() => pick('files')}
        >
          {t('intake.files')}
        </Button>
        <p className="quiet">{desktop ? t('intake.dropHint') : t('intake.uploadHint')}</p>
        <input
          ref={(input) => {
            folder.current = input
            input?.setAttribute('webkitdirectory', '')
          }}
          type="file"
          hidden
          multiple
          aria-label={t('intake.folder')}
          onChange={(event) => picked(event.currentTarget.files)}
        />
        <input
          ref={files}
          type="file"
          hidden
          multiple
          aria-label={t('intake.files')}
          onChange={(event) => picked(event.currentTarget.files)}
        />
      </div>
      <form
        className={classes.paths}
        onSubmit={(event) => {
          event.preventDefault()
          if (paths.length > 0 && !relative) onIntake({ kind: 'paths', paths })
        }}
      >
        <Textarea
          label={t('intake.paths')}
          description={t('intake.pathsHint')}
          placeholder={t('intake.pathsExample')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
          error={relative ? t('intake.relative', { path: relative }) : undefined}
          rows={3}
          spellCheck={false}
        />
        <Button type="submit" disabled={paths.length === 0 || relative !== undefined}>
          {submit}
        </Button>
      </form>
    </>
  )
}
