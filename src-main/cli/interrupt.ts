import { EXIT } from './faults'

/** Calls `first` at the first Ctrl-C or SIGTERM; a second one ends the process at once. Returns how to stop listening. */
export function onInterrupt(first: () => void): () => void {
  let asked = false
  const listener = () => {
    if (asked) process.exit(EXIT.interrupted)
    asked = true
    first()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}
