import { faultOf } from '#shared/domain/fault'
import { dataFolder } from '../data-folder'
import { openStudio, type Studio } from '../studio'
import { EXIT, printFault } from './faults'

export interface DataOption {
  data?: string
}

/** Opens the app over the library's folder, does the work, closes it and sets the exit status. */
export async function withStudio(
  { data }: DataOption,
  shell: 'cli' | 'server',
  work: (studio: Studio) => Promise<number>,
): Promise<void> {
  let studio: Studio | null = null
  try {
    studio = await openStudio({ dataFolder: dataFolder(data), shell })
    process.exitCode = await work(studio)
  } catch (error) {
    printFault(faultOf(error))
    process.exitCode = EXIT.couldNotRun
  } finally {
    await studio?.close()
  }
}
