import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { attributeValues } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import type {
  ExportAnnotation,
  ExportImage,
  ExportSet,
  Format,
  ImageIdentity,
  ImportedAnnotation,
  ReadContext,
  WriteContext,
} from '../../types'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { extraOf, importedExtra, leptonExtra } from '../common/lepton-extra'
import { namesFor } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { checked, readJson } from '../common/read-file'
import { regionOf, shapeOf } from './results'

/** JSON of Label Studio (labelstud.io/guide/export): tasks with their regions in percent. */
export const labelStudio: Format = {
  id: 'label-studio',
  fileExtensions: ['json'],
  write,
  read: {
    knows: (_, head) => {
      const text = new TextDecoder().decode(head)
      return /^\s*\[/.test(text) && /"(annotations|predictions|completions)"\s*:\s*\[/.test(text)
    },
    read,
  },
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const tasks: unknown[] = []
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const name = names(image)
      const judged = image.annotations.filter(({ state }) => state !== 'proposed')
      const proposed = image.annotations.filter(({ state }) => state === 'proposed')
      tasks.push({
        id: tasks.length + 1,
        data: {
          image: pictures === 'name' ? pathToFileURL(image.identity.source).href : `images/${name}`,
          lepton: { uid: image.identity.instanceUid, frame: image.identity.frame, part: image.part },
        },
        annotations: [{ result: resultsOf(judged, image, context) }],
        predictions: [...Map.groupBy(proposed, modelOf)].map(([model, ones]) => ({
          model_version: model,
          result: resultsOf(ones, image, context),
        })),
      })
      if (pictures !== 'name') await placePicture(image, join(folder, 'images', name), pictures, context)
    }
  }
  await writeOut(join(folder, 'tasks.json'), JSON.stringify(tasks), context)
}

const modelOf = ({ origin }: ExportAnnotation) =>
  origin ? `${origin.modelId}@${origin.modelVersion}` : 'unknown'

function resultsOf(
  annotations: readonly ExportAnnotation[],
  image: ExportImage,
  context: WriteContext,
): unknown[] {
  const { rows, columns } = image.identity
  return annotations.flatMap((annotation) => {
    const region = regionOf(annotation.shape, annotation.label, image.identity)
    if (!region) {
      cannotSay(context, image, annotation, annotation.shape.kind, 'It is left out; LabelMe holds it.')
      return []
    }
    const { type, value, lost } = region
    if (lost) cannotSay(context, image, annotation, lost, 'It is written as a brush.')
    return {
      id: annotation.id,
      type,
      from_name: type,
      to_name: 'image',
      original_width: columns,
      original_height: rows,
      image_rotation: 0,
      value,
      ...(annotation.origin && { score: annotation.origin.score }),
      meta: {
        ...(annotation.note !== '' && { text: [annotation.note] }),
        lepton: { ...extraOf(annotation, lost === null), attributes: annotation.attributes },
      },
    }
  })
}

const region = z.object({
  type: z.string(),
  original_width: z.number().int().optional(),
  original_height: z.number().int().optional(),
  value: z.unknown(),
  meta: z
    .object({
      text: z.union([z.string(), z.array(z.string())]).optional(),
      lepton: leptonExtra.extend({ attributes: attributeValues.optional() }).optional(),
    })
    .nullish(),
})
const answers = z.array(z.object({ result: z.array(z.unknown()).max(100_000) })).default([])
const task = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: answers,
  predictions: answers,
  completions: answers,
})
const own = z.object({ uid: z.string(), frame: z.number().int().nonnegative() })

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const tasks = await readJson(path, z.array(z.unknown()).max(10_000_000))
  for (const [i, value] of tasks.entries()) {
    context.signal.throwIfAborted()
    try {
      const { data, ...lists } = checked(task, value, `task ${i + 1}`)
      const image = pictureOf(data, path, context)
      const results = [...lists.annotations, ...lists.completions, ...lists.predictions].flatMap(
        ({ result }) => result,
      )
      for (const [j, result] of results.entries()) {
        try {
          yield* annotationsOf(result, image)
        } catch (error) {
          context.failed(`task ${i + 1}, region ${j + 1}`, error)
        }
      }
    } catch (error) {
      context.failed(`task ${i + 1}`, error)
    }
  }
}

function* annotationsOf(value: unknown, image: ImageIdentity): Generator<ImportedAnnotation> {
  const one = checked(region, value, 'region')
  if (one.original_width && one.original_height && one.type !== 'choices') {
    sameSize(image, one.original_width, one.original_height)
  }
  const { labels, shape } = shapeOf(one.type, one.value, image)
  const text = one.meta?.text
  const extra = one.meta?.lepton
  for (const label of labels) {
    yield imported(image, label, extra?.shape ?? shape, {
      ...importedExtra(extra),
      note: extra?.note ?? (Array.isArray(text) ? text.join('\n') : (text ?? '')),
      attributes: extra?.attributes ?? {},
    })
  }
}

/** The first text of a task that names a picture; uploads there carry eight letters of a hash in front. */
function pictureOf(data: Record<string, unknown>, path: string, { find }: ReadContext): ImageIdentity {
  const known = own.safeParse(data.lepton)
  const byUid = known.success ? find.byInstance(known.data.uid, known.data.frame) : null
  if (byUid) return byUid
  const name = Object.values(data).find((value) => typeof value === 'string')
  if (typeof name !== 'string') {
    throw new LeptonError('INPUT_INVALID', { expected: 'a picture in `data`', received: 'none' })
  }
  const local = decoded(
    /[?&]d=([^&]+)/.exec(name)?.[1] ?? name.replace(/^file:\/\//, '').replace(/[?#].*$/, ''),
  )
  try {
    return findPicture(find, local, path)
  } catch (error) {
    const bare = local.replace(/(^|[\\/])[0-9a-f]{8}-([^\\/]+)$/, '$1$2')
    if (bare === local) throw error
    return findPicture(find, bare, path)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
