import '../decode-worker'
import { parentPort } from 'node:worker_threads'

/** The real worker, but files whose name holds `crash` end the process and `hang` never comes back. */
parentPort?.on('message', (job: object) => {
  const text = JSON.stringify(job)
  if (text.includes('crash')) process.kill(process.pid, 'SIGSEGV')
  while (text.includes('hang'));
})
