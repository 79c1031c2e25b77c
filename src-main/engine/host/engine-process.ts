import { fork } from 'node:child_process'

/** A running engine process, however it was started. */
export interface EngineProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with what is known of the end: an exit code or a signal. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once, whatever it is doing. */
  kill(): void
}

/** Starts the built engine entry with these arguments; the desktop shell hands in Electron's utility process. */
export type SpawnEngine = (entry: string, args: string[]) => EngineProcess

/** Starts the engine as a forked Node process. */
export const forkEngine: SpawnEngine = (entry, args) => {
  const child = fork(entry, args, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let ended = false
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-500)
  })
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => child.on('message', (message) => listener(message)),
    onExit: (listener) => {
      const end = (reason: string) => {
        if (ended) return
        ended = true
        listener([reason, lastWords.trim()].filter(Boolean).join(': '))
      }
      child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
      child.on('error', (error) => end(error.message))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
