import { z } from 'zod'
import { type Said, type ToEngine, toEngine } from '../protocol'

/** Electron's end of a utility process, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

const utilityProcess = z.object({
  parentPort: z.custom<ParentPort>((value) => typeof value === 'object' && value !== null),
})

export interface Transport {
  send(message: Said): void
  receive(listener: (message: ToEngine) => void): void
}

/**
 * The way to the host: `process.parentPort` in an Electron utility process, the IPC channel of
 * `child_process.fork` elsewhere. What is said in one turn of the event loop goes out as one bundle.
 */
export function openTransport(): Transport {
  const port = utilityProcess.safeParse(process).data?.parentPort
  const post = port ? (bundle: Said[]) => port.postMessage(bundle) : postByFork
  let bundle: Said[] = []
  return {
    send(message) {
      bundle.push(message)
      if (bundle.length > 1) return
      queueMicrotask(() => {
        const sent = bundle
        bundle = []
        post(sent)
      })
    },
    receive(listener) {
      if (port) port.on('message', (event) => listener(toEngine.parse(event.data)))
      else process.on('message', (message) => listener(toEngine.parse(message)))
      process.on('disconnect', () => process.exit(0))
    },
  }
}

function postByFork(bundle: Said[]): void {
  if (process.connected) process.send?.(bundle)
}
