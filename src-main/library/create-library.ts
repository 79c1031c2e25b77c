import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { JobContext } from '#main/jobs/types'
import { ImportRun } from './import/import-run'
import { OwnedStore } from './import/owned-store'
import { distinctInputs } from './import/walk'
import { imagesOf } from './input-images'
import { overviewOf } from './lists/overview'
import { listProblems } from './lists/problem-list'
import { headerOf, imageSourceOf, seriesImagesOf } from './lists/series-images'
import { otherStudiesOf, studyDetailOf } from './lists/study-card'
import { StudyList } from './lists/study-list'
import { refreshOutcome } from './outcome'
import { removeStudies } from './remove'
import { Revision } from './revision'
import { settleSeries } from './settle'
import { sweep } from './sweep'
import type { Library, LibraryDeps, Sample } from './types'

const importRequest = z.object({
  paths: z.array(z.string()),
  /** Folder of a finished upload; deleted once its files are in the library. */
  uploadFolder: z.string().optional(),
})

/** The library over one database and one data folder; registers the import job. */
export function createLibrary({ database, engine, jobs, dataFolder, makeSample }: LibraryDeps): Library {
  const store = new OwnedStore(dataFolder)
  mkdirSync(store.folder, { recursive: true })
  const sampleFolder = join(dataFolder, 'samples')
  const revision = new Revision(database)
  const changed = () => revision.bump()
  const list = new StudyList(database, () => revision.current())
  const parts = { database, engine, store, sampleFolder, changed }

  const startImport = (title: string, request: z.infer<typeof importRequest>) => {
    const fingerprint = JSON.stringify(['import', ...request.paths])
    return { jobId: jobs.start({ kind: 'import', title, request, fingerprint }) }
  }

  jobs.register('import', async ({ jobId, request, signal, progress }: JobContext) => {
    const { paths, uploadFolder } = importRequest.parse(request)
    const options = { jobId, signal, progress, listProblems: true, uploadFolder }
    await new ImportRun(parts, options).run(paths)
    if (uploadFolder && !signal.aborted) await rm(uploadFolder, { recursive: true, force: true })
  })
  void sweep(dataFolder).catch(() => {})
  // stacks that a killed process left half in order
  void settleSeries(database).then(changed)

  return {
    overview: () => overviewOf(database),
    studies: (query) => list.page(query),
    studyIds: (filter) => [...list.ids(filter, 'newest')],
    study: (studyId) => studyDetailOf(database, studyId),
    otherStudies: (studyId) => otherStudiesOf(database, studyId),
    seriesImages: (seriesId) => seriesImagesOf(database, seriesId),
    header: (imageId) => headerOf(database, imageId),
    imageSource: (imageId) => imageSourceOf(database, imageId),
    problems: (query) => listProblems(database, query),

    import(paths) {
      const inputs = distinctInputs(paths)
      return startImport(titleOf(inputs), { paths: inputs })
    },
    async openSample(sample: Sample) {
      const folder = join(sampleFolder, sample)
      await makeSample(sample, folder)
      return startImport(sample, { paths: [folder] })
    },
    importUpload: (batch, folder) => startImport(batch, { paths: [folder], uploadFolder: folder }),
    takeIn: (paths, options) => new ImportRun(parts, { ...options, listProblems: false }).run(paths),
    imagesOf: (paths) => imagesOf(database, paths),

    refreshOutcome(seriesIds) {
      refreshOutcome(database, seriesIds)
      changed()
    },
    remove(studyIds) {
      const { removed, files } = removeStudies(database, studyIds)
      for (const path of files) void store.discard(path)
      changed()
      return removed
    },
    changes: (signal) => revision.changes(signal),
  }
}

/** The first input by name, and how many more there are. */
const titleOf = (paths: readonly string[]) =>
  basename(paths[0] ?? '') + (paths.length > 1 ? ` +${paths.length - 1}` : '')
