import { utilityProcess } from 'electron'
import type { EngineProcess } from '#main/engine/host'

/** Starts the engine as a utility process, the way Electron wants child processes to be. */
export function engineProcess(entry: string, args: string[]): EngineProcess {
  const child = utilityProcess.fork(entry, args, { serviceName: 'Lepton engine', stdio: 'pipe' })
  let lastWords = ''
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-500)
  })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) =>
      child.on('exit', (code) =>
        listener([`exit code ${code}`, lastWords.trim()].filter(Boolean).join(': ')),
      ),
    kill: () => child.kill(),
  }
}
