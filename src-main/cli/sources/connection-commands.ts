import type { Command } from 'commander'
import type { Verdict } from '#shared/contract/sources'
import type { Source } from '#shared/domain/source'
import { EXIT, printFault } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { type DraftOptions, draftOf } from './draft'
import { type SourcesOptions, sourcesSubcommand } from './options'

export function listCommand(sources: Command): void {
  sourcesSubcommand(sources, 'list', t('sources.list')).action((options: SourcesOptions) =>
    withStudio(options, 'cli', async (studio) => {
      const list = studio.sources.list()
      if (options.json) await writeJson(list)
      else if (list.length === 0) console.log(t('sources.none'))
      else for (const source of list) console.log(sourceLine(source))
      return EXIT.ok
    }),
  )
}

export function addCommand(sources: Command): void {
  sourcesSubcommand(sources, 'add', t('sources.add'))
    .argument('<name>', t('sources.newName'))
    .option('--url <url>', t('sources.url'))
    .option('--user <name>', t('sources.user'))
    .option('--bearer', t('sources.bearer'))
    .option('--header <name>', t('sources.header'))
    .option('--secret-stdin', t('sources.secretStdin'))
    .option('--host <host>', t('sources.host'))
    .option('--port <n>', t('sources.port'))
    .option('--ae <title>', t('sources.ae'))
    .option('--our-ae <title>', t('sources.ourAe'), 'LEPTON')
    .option('--move', t('sources.move'))
    .option('--tls', t('sources.tls'))
    .option('--ca <file>', t('sources.ca'))
    .action((name: string, options: SourcesOptions & DraftOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const source = studio.sources.add(await draftOf(name, options))
        if (options.json) await writeJson(source)
        else console.log(t('sources.added', { name: source.name }))
        return EXIT.ok
      }),
    )
}

export function testCommand(sources: Command): void {
  sourcesSubcommand(sources, 'test', t('sources.test'))
    .argument('<name>', t('sources.name'))
    .action((name: string, options: SourcesOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const verdict = await studio.sources.test({ sourceId: studio.sources.find(name).id })
        await printVerdict(verdict, options)
        return verdict.fault ? EXIT.couldNotRun : EXIT.ok
      }),
    )
}

async function printVerdict(verdict: Verdict, { json }: SourcesOptions): Promise<void> {
  if (json) await writeJson(verdict)
  else if (verdict.fault) printFault(verdict.fault)
  else console.log(t('sources.works', { milliseconds: Math.round(verdict.milliseconds) }))
}

export function removeCommand(sources: Command): void {
  sourcesSubcommand(sources, 'remove', t('sources.remove'))
    .argument('<name>', t('sources.name'))
    .action((name: string, options: SourcesOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const source = studio.sources.find(name)
        studio.sources.remove(source.id)
        if (options.json) await writeJson({ removed: source.name })
        else console.log(t('sources.removed', { name: source.name }))
        return EXIT.ok
      }),
    )
}

function sourceLine({ id, name, place }: Source): string {
  const where =
    place.kind === 'dicomweb'
      ? `DICOMweb  ${place.url}`
      : `DIMSE     ${place.calledAe}@${place.host}:${place.port} (${place.callingAe}, C-${place.retrieve.toUpperCase()}${place.secure ? ', TLS' : ''})`
  return `${String(id).padStart(3)}  ${name.padEnd(20)}  ${where}`
}
