import { burnedInOf } from '#main/deidentify/burned-in/burned-in-of'
import { deidentifyFile } from '#main/deidentify/deidentify-file'
import { previewFile } from '#main/deidentify/preview-file'
import { inspectFile, thumbnail } from '#main/imaging'
import { traitsOf } from '#main/imaging/traits'
import { statisticsOf } from '#shared/preparation/statistics'
import { mergeMembers } from './tasks/merge'
import { resultOf } from './tasks/result'
import { handOver, headerText } from './work/display'
import type { DecodeJobs } from './work/jobs'
import { writeLabelImages } from './work/label-images'
import { OpenFiles } from './work/open-files'
import { varied, variedShapes, writePicture } from './work/picture'
import { Preparer } from './work/prepare'
import { type Handed, type JobOf, serve } from './work/serve'
import { SliceReader } from './work/slices'

const files = new OpenFiles()
const reader = new SliceReader(files)
const preparer = new Preparer(reader)

serve(async (job: JobOf<DecodeJobs>): Promise<Handed<unknown>> => {
  switch (job.kind) {
    case 'headers':
      return copied(
        await Promise.all(
          job.paths.map(async ({ item, path }) => ({ item, result: await headerText(path) })),
        ),
      )
    case 'frame': {
      const instance = await files.open(job.source.path)
      return handOver(await instance.frame(job.source.frame))
    }
    case 'thumbnail': {
      const instance = await files.open(job.source.path)
      return copied(await thumbnail(await instance.frame(job.source.frame), job.size))
    }
    case 'traits': {
      const instance = await files.open(job.source.path)
      return copied(traitsOf(await instance.frame(job.source.frame)))
    }
    case 'picture': {
      const { source, ...task } = job.task
      const instance = await files.open(source.path)
      await writePicture(await instance.frame(source.frame), task)
      return copied(null)
    }
    case 'variant': {
      const instance = await files.open(job.source.path)
      return handOver(varied(await instance.frame(job.source.frame), job.variation))
    }
    case 'label-images':
      return copied(await writeLabelImages(job.task))
    case 'variant-shapes':
      return copied(variedShapes(job.task))
    case 'inspect':
      return copied(await inspectFile(job.path))
    case 'deidentify':
      return copied(await deidentifyFile(job.task))
    case 'deidentify-preview':
      return copied(previewFile(job))
    case 'burned-in':
      return copied(await burnedInOf(job.path))
    case 'probe':
      await reader.read(job.source)
      return copied(null)
    case 'survey': {
      const read = await Promise.all(job.sources.map((source) => reader.read(source).catch(() => null)))
      const frames = read.flatMap((slice) => slice?.frame ?? [])
      return copied(frames.length > 0 ? statisticsOf(frames, job.input) : null)
    }
    case 'prepare': {
      const prepared = await preparer.prepare(job)
      return { value: prepared, transfer: prepared.batches.map((batch) => batch.data.buffer) }
    }
    case 'merge':
      return copied(mergeMembers(job.results, job.rule, job.rules))
    case 'finish': {
      const results = job.images.map((image) => resultOf(image, job.rules))
      return { value: results, transfer: [] }
    }
  }
})

function copied(value: unknown): Handed<unknown> {
  return { value, transfer: [] }
}
