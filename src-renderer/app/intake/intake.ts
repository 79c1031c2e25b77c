import i18next from 'i18next'
import { client } from '../api'
import { desktop } from '../desktop'
import { toast, toastError } from '../toast'
import { droppedFiles, type PickedFile } from './collect-files'
import { whileDrawing } from './drawing-state'
import { useUpload } from './upload-state'

/** What came in: absolute paths the app can read, or files that this browser has to send. */
export type Intake = { kind: 'paths'; paths: string[] } | { kind: 'files'; files: PickedFile[] }

/** The files and folders of a drop; call it while the drop event is handled. */
export async function dropped(items: DataTransfer): Promise<Intake> {
  const bridge = desktop
  if (bridge) {
    const paths = Array.from(items.files, (file) => bridge.pathForFile(file)).filter(Boolean)
    return { kind: 'paths', paths }
  }
  return { kind: 'files', files: await droppedFiles(items) }
}

/** Sends the files of this browser; null when there was nothing to send or the person cancelled. */
export async function send(files: readonly PickedFile[]) {
  const control = new AbortController()
  useUpload.getState().begin(files.length, () => control.abort())
  try {
    const { upload } = await import('./upload')
    const sent = await upload(files, control.signal)
    return sent.paths.length > 0 ? sent : null
  } catch (error) {
    if (!control.signal.aborted) toastError(error)
    return null
  } finally {
    useUpload.getState().end()
  }
}

/** Takes something into the library; says so when there is nothing to take. */
export async function takeIn(intake: Intake): Promise<void> {
  try {
    if (intake.kind === 'paths') {
      if (intake.paths.length > 0) await client.library.import({ paths: intake.paths })
      return
    }
    if (intake.files.length === 0) return void toast(i18next.t('library:open.nothing'))
    const sent = await send(intake.files)
    if (!sent) return
    const { finishUpload } = await import('./upload')
    await finishUpload(sent.batch)
  } catch (error) {
    toastError(error)
  }
}

/** Asks the desktop's own dialog for files or a folder and takes them in. */
export async function openNative(kind: 'files' | 'folder'): Promise<void> {
  try {
    const paths = (await desktop?.openPaths(kind)) ?? []
    await takeIn({ kind: 'paths', paths })
  } catch (error) {
    toastError(error)
  }
}

/** Makes and takes in a phantom. */
export async function openSample(sample: 'thigh' | 'shelf'): Promise<void> {
  try {
    await whileDrawing(client.library.openSample({ sample }))
  } catch (error) {
    toastError(error)
  }
}
