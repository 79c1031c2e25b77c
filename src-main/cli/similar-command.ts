import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import type { SimilarPicture, SimilarPictures } from '#shared/contract/similarity'
import { LeptonError } from '#shared/domain/fault'
import type { Studio } from '../studio'
import { EXIT } from './faults'
import { t } from './language'
import { writeJson } from './stdout'
import { type DataOption, withStudio } from './studio'

interface SimilarOptions extends DataOption {
  top: string
  json?: boolean
}

const MOST = 200
const count = z.coerce.number().int().min(1).max(MOST)

export function similarCommand(program: Command): void {
  program
    .command('similar')
    .description(t('similar.about'))
    .argument('<picture>', t('similar.picture'))
    .option('--top <n>', t('similar.top'), '10')
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .addHelpText('after', `\n${t('similar.examples')}`)
    .action((picture: string, options: SimilarOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const found = await nearest(studio, picture, topOf(options.top))
        if (options.json) await writeJson(found)
        else for (const line of linesOf(found)) console.log(line)
        return EXIT.ok
      }),
    )
}

/** A number is an image of the library unless a file is called so. */
function nearest({ similarity }: Studio, picture: string, top: number): Promise<SimilarPictures> {
  if (/^\d{1,15}$/.test(picture) && !existsSync(picture)) return similarity.ofImage(Number(picture), top)
  return similarity.ofFile(picture, top)
}

function* linesOf({ model, compared, without, pictures, sameFrom }: SimilarPictures): Generator<string> {
  yield t('similar.compared', { count: compared, model })
  for (const picture of pictures) yield lineOf(picture)
  if (sameFrom !== null && pictures.length > 0) yield t('similar.sameFrom', { value: sameFrom.toFixed(2) })
  if (without > 0) yield t('similar.without', { count: without, model: model.split('@')[0] })
}

function lineOf({ imageId, name, subject, similarity, label }: SimilarPicture): string {
  const shows = label ? `  ${t(`similar.by.${label.by}`, { label: label.id })}` : ''
  return `  ${similarity.toFixed(3)}  ${imageId}  ${subject}: ${name}${shows}`
}

/** @throws INPUT_INVALID */
function topOf(text: string): number {
  const read = count.safeParse(text)
  if (read.success) return read.data
  throw new LeptonError('INPUT_INVALID', { expected: `--top between 1 and ${MOST}`, received: text })
}
