import { Button, TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { pickedFiles } from '#renderer/app/intake/collect-files'
import type { Intake } from '#renderer/app/intake/intake'
import { toastError } from '#renderer/app/toast'
import classes from './wizard-page.module.css'

/** Pick one ONNX file or name its path: the native dialog on the desktop, the browser's own elsewhere. */
export function OnnxPicker({ onIntake }: { onIntake: (intake: Intake) => void }) {
  const { t } = useTranslation(['models', 'common'])
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const path = typed.trim().replace(/^(["'])(.*)\1$/, '$2')
  const pick = () => {
    if (!desktop) return input.current?.click()
    desktop
      .openPaths('files')
      .then((paths) => paths.length > 0 && onIntake({ kind: 'paths', paths }), toastError)
  }
  return (
    <>
      <div className={classes.pick}>
        <Button size="md" leftSection={<IconFileImport size={18} aria-hidden />} onClick={pick}>
          {t('wizard.file.choose')}
        </Button>
        <p className="quiet">{t('wizard.file.drop')}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept=".onnx"
          aria-label={t('wizard.file.choose')}
          onChange={({ currentTarget: { files } }) =>
            files && files.length > 0 && onIntake({ kind: 'files', files: pickedFiles(files) })
          }
        />
      </div>
      <form
        className={classes.path}
        onSubmit={(event) => {
          event.preventDefault()
          if (path) onIntake({ kind: 'paths', paths: [path] })
        }}
      >
        <TextInput
          label={t('wizard.file.path')}
          placeholder="/models/detector.onnx"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!path}>
          {t('wizard.file.submit')}
        </Button>
      </form>
    </>
  )
}
