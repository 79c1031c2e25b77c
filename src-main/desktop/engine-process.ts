import { utilityProcess } from 'electron'

/** Starts the engine as a utility process, the way Electron wants child processes to be. */
export function engineProcess(
  entry: string,
  args: readonly string[],
): ReturnType<typeof utilityProcess.fork> {
  return utilityProcess.fork(entry, [...args], { serviceName: 'Lepton engine', stdio: 'pipe' })
}
