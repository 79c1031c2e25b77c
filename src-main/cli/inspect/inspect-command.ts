import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { startEngine } from '#main/engine/host'
import { faultOf, LeptonError } from '#shared/domain/fault'
import { EXIT, printFault } from '../faults'
import { t } from '../language'
import { type InspectedFile, inspectFiles } from './inspect-files'
import { writeDocument } from './inspect-json'
import { printTable } from './inspect-table'

/** `lepton inspect`: what DICOM files state and hold, without a library. */
export function inspectCommand(program: Command): void {
  program
    .command('inspect')
    .description(t('inspect.about'))
    .argument('<path...>', t('inspect.paths'))
    .option('--json', t('help.json'))
    .addHelpText('after', `\n${t('inspect.exit')}`)
    .action(async (paths: string[], { json = false }: { json?: boolean }) => {
      const engine = startEngine()
      try {
        ensureThere(paths)
        const tally = { files: 0, errors: 0 }
        const files = counted(inspectFiles(engine, paths), tally)
        await (json ? writeDocument(files) : printTable(files))
        if (tally.files === 0) throw nothingThere(paths)
        process.exitCode = tally.errors > 0 ? EXIT.someFailed : EXIT.ok
      } catch (error) {
        printFault(faultOf(error))
        process.exitCode = EXIT.couldNotRun
      } finally {
        await engine.close()
      }
    })
}

async function* counted(
  files: AsyncIterable<InspectedFile>,
  tally: { files: number; errors: number },
): AsyncGenerator<InspectedFile> {
  for await (const file of files) {
    tally.files += 1
    if (file.inspection.status === 'error') tally.errors += 1
    yield file
  }
}

/** @throws FILE_NOT_FOUND where none of the paths is there */
function ensureThere(paths: readonly string[]): void {
  if (paths.some((path) => existsSync(path))) return
  throw new LeptonError('FILE_NOT_FOUND', {
    expected: 'a file or folder',
    received: paths.join(', '),
    remedy: 'Check the path, or connect the drive.',
  })
}

const nothingThere = (paths: readonly string[]) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'at least one file',
    received: `no file in ${paths.join(', ')}`,
    remedy: 'Check the path; hidden files are passed over.',
  })
