import { client } from '#renderer/app/api'
import type { AnnotationChanges } from '#shared/contract/annotations'
import { put } from '../state/annotations'
import { isPending } from './pending'

/** Tells other parts of the window that something was decided or changed. */
const listeners = new Set<(changes: AnnotationChanges) => void>()

export function onChanges(listener: (changes: AnnotationChanges) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Shows what others change in a study as they do. A browser allows six connections to one host over all its windows,
 * so of all that show a study one keeps the connection and tells the others.
 */
export function follow(studyId: number, serial: number): () => void {
  const name = `lepton-annotations-${studyId}`
  const gone = new AbortController()
  const channel = new BroadcastChannel(name)
  let told = serial
  const heard = (changes: AnnotationChanges) => {
    told = Math.max(told, changes.serial)
    put(
      changes.annotations.filter(({ id }) => !isPending(id)),
      changes.removed.filter((id) => !isPending(id)),
    )
    for (const listener of listeners) listener(changes)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<AnnotationChanges>) => heard(data))
  const lead = async () => {
    for (let pause = 250; !gone.signal.aborted; pause = Math.min(pause * 2, 8_000)) {
      try {
        for await (const changes of await client.annotations.watch(
          { studyId, serial: told },
          { signal: gone.signal },
        )) {
          pause = 250
          heard(changes)
          channel.postMessage(changes)
        }
      } catch {
        // the server is away; asked again after a pause
      }
      await new Promise((resolve) => setTimeout(resolve, gone.signal.aborted ? 0 : pause))
    }
  }
  void navigator.locks.request(name, { signal: gone.signal }, lead).catch(() => undefined)
  return () => {
    gone.abort()
    channel.close()
  }
}
