import { Worker } from 'node:worker_threads'
import type { SampleKind } from './index'

/**
 * Makes samples in a thread of its own, for drawing takes seconds that the app must not stand still.
 * @param entry the built worker of this folder.
 */
export function samplesInWorker(entry: string): (sample: SampleKind, folder: string) => Promise<void> {
  return (sample, folder) => {
    const worker = new Worker(entry, { workerData: { sample, folder } })
    return new Promise((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`The sample worker ended with exit code ${code}.`))
      })
    })
  }
}
