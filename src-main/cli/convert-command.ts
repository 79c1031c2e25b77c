import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { faultOf, LeptonError } from '#shared/domain/fault'
import { type VolumeFormat, volumeFormat } from '#shared/domain/volume-format'
import { makeFolder } from '../make-folder'
import type { Studio } from '../studio'
import { EXIT, faultLine, printFault } from './faults'
import { followJob } from './follow-job'
import { t } from './language'
import { Progress } from './progress'
import { type DataOption, withStudio } from './studio'

interface ConvertOptions extends DataOption {
  to: string
  out: string
}

/** `lepton convert <series|path>`: series as NIfTI or NRRD, one file each. */
export function convertCommand(program: Command): void {
  program
    .command('convert')
    .description(t('convert.about'))
    .argument('<series|path...>', t('convert.inputs'))
    .addOption(
      new Option('--to <format>', t('convert.to')).choices(volumeFormat.options).makeOptionMandatory(),
    )
    .requiredOption('--out <dir>', t('convert.out'))
    .option('--data <dir>', t('help.data'))
    .action((inputs: string[], options: ConvertOptions) => convert(inputs, options))
}

/** Series by their numbers come from the library; files and folders are read into one that is gone afterwards. */
async function convert(inputs: readonly string[], { to, out, data }: ConvertOptions): Promise<void> {
  const format = volumeFormat.parse(to)
  if (inputs.every((input) => /^\d+$/.test(input))) {
    const library = data === undefined ? {} : { data }
    return withStudio(library, 'cli', (studio) => saveAll(studio, inputs.map(Number), format, out))
  }
  const folder = await mkdtemp(join(tmpdir(), 'lepton-convert-'))
  try {
    await withStudio({ data: folder }, 'cli', async (studio) => {
      const { jobId } = studio.library.import(inputs.map((input) => resolve(input)))
      const job = await followJob(studio.jobs, jobId, new Progress(t('score.reading')))
      if (job.fault) printFault(job.fault)
      if (job.state === 'paused') return EXIT.interrupted
      const { library } = studio
      const series = library.studyIds({}).flatMap((id) => library.study(id).series)
      const volumes = series.filter(({ imageCount }) => imageCount > 0).map(({ id }) => id)
      if (volumes.length === 0) {
        throw new LeptonError('NOT_FOUND', { expected: 'slices of a series', received: inputs.join(', ') })
      }
      const status = await saveAll(
        studio,
        volumes.sort((left, right) => left - right),
        format,
        out,
      )
      return job.failed > 0 ? EXIT.someFailed : status
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Saves series after series; what cannot be saved is told and stops no other. */
async function saveAll(
  { volumes }: Studio,
  seriesIds: readonly number[],
  format: VolumeFormat,
  out: string,
): Promise<number> {
  const folder = resolve(out)
  await makeFolder(folder)
  let failed = 0
  for (const seriesId of seriesIds) {
    try {
      const { name, bytes } = await volumes.save(seriesId, format)
      const path = join(folder, name)
      await writeFile(path, bytes)
      console.log(path)
    } catch (error) {
      failed += 1
      console.error(t('convert.failed', { series: seriesId, fault: faultLine(faultOf(error)) }))
    }
  }
  if (failed === 0) return EXIT.ok
  return failed === seriesIds.length ? EXIT.couldNotRun : EXIT.someFailed
}
