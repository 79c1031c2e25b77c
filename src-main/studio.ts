import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { annotationProcedures } from '#main/annotations/procedures'
import { createAnnotations } from '#main/annotations/service'
import type { Annotations } from '#main/annotations/types'
import { createHandler } from '#main/api/handler'
import { type Database, openDatabase } from '#main/database/open'
import { datasetProcedures } from '#main/datasets/procedures'
import { createDataSets } from '#main/datasets/service'
import type { DataSets } from '#main/datasets/types'
import { type SpawnEngine, startEngine } from '#main/engine/host'
import type { Engine } from '#main/engine/types'
import { exchangeProcedures } from '#main/exchange/procedures'
import { createExchange, type Exchange } from '#main/exchange/service'
import { deidentifyProcedures } from '#main/governance/deidentify/procedures'
import { createExports } from '#main/governance/deidentify/service'
import type { Exports } from '#main/governance/deidentify/types'
import { jobProcedures } from '#main/jobs/procedures'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { createLibrary } from '#main/library/create-library'
import { distinctInputs, walk } from '#main/library/import/walk'
import { libraryProcedures } from '#main/library/procedures'
import { libraryRoutes } from '#main/library/routes'
import type { Library } from '#main/library/types'
import { modelFileRoute } from '#main/models/file-route'
import { createPackageMaker } from '#main/models/making/maker'
import { modelProcedures } from '#main/models/procedures'
import { createModels } from '#main/models/service'
import type { Models } from '#main/models/types'
import { createWizard } from '#main/models/wizard/service'
import { readingProcedures } from '#main/reading/procedures'
import { createReading } from '#main/reading/service'
import { signedRoute } from '#main/reading/signed-route'
import { explanationRoute } from '#main/review/explanation-route'
import { mapRoute } from '#main/review/map-route'
import { reviewProcedures } from '#main/review/procedures'
import { samplesInWorker } from '#main/samples/make-in-worker'
import { scoringProcedures } from '#main/scoring/procedures'
import { createScoring } from '#main/scoring/service'
import type { Scoring } from '#main/scoring/types'
import { createImageVectors } from '#main/similarity/near/image-vectors'
import { createNearPictures } from '#main/similarity/near/near-pictures'
import { similarityProcedures } from '#main/similarity/procedures'
import { createSimilarity, type Similarity } from '#main/similarity/service'
import { createIntake } from '#main/sources/intake/service'
import { sourceProcedures } from '#main/sources/procedures'
import { createSources } from '#main/sources/service'
import type { Intake, Sources } from '#main/sources/types'
import { type DoctorDeps, examine } from '#main/system/doctor'
import { systemProcedures } from '#main/system/procedures'
import { SettingsStore } from '#main/system/settings'
import { teachingProcedures } from '#main/teaching/procedures'
import { createTeaching } from '#main/teaching/service'
import type { Teaching } from '#main/teaching/types'
import { volumeRoute } from '#main/volumes/route'
import { createVolumes } from '#main/volumes/service'
import type { Volumes } from '#main/volumes/types'
import type { DoctorReport } from '#shared/contract/system'
import { LeptonError } from '#shared/domain/fault'
import { findAppFolder } from './app-folder'
import { makeFolder } from './make-folder'

export interface StudioOptions {
  /** Folder of the library: database, uploads, samples, user's models. */
  dataFolder: string
  shell: 'desktop' | 'server' | 'cli'
  /** How to start the engine process; a forked Node process by default. */
  spawnEngine?: SpawnEngine
  /** Unforeseen errors; stderr by default. */
  report?: (error: unknown) => void
}

/** The services of one running app, whichever shell drives it. */
export interface Studio {
  version: string
  database: Database
  engine: Engine
  jobs: Jobs
  library: Library
  models: Models
  scoring: Scoring
  sources: Sources
  intake: Intake
  annotations: Annotations
  dataSets: DataSets
  teaching: Teaching
  exchange: Exchange
  exports: Exports
  similarity: Similarity
  volumes: Volumes
  /** What runs here and what does not, as `lepton doctor` tells it. */
  examine(): Promise<DoctorReport>
  /** The API, the byte routes and the renderer as one function, for the window and the server. */
  handler: (request: Request) => Promise<Response>
  close(): Promise<void>
}

/** Puts the app together. This is the only place that knows every part. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  const { dataFolder, shell, spawnEngine, report = console.error } = options
  const { path: appFolder, version } = findAppFolder()

  await ensureDataFolder(dataFolder)
  const database = openDatabase(join(dataFolder, 'library.sqlite'))
  const engine = startEngine(spawnEngine ? { spawn: spawnEngine } : {})
  const settings = new SettingsStore(database)
  const jobs = createJobs(database)
  const library = createLibrary({
    database,
    engine,
    jobs,
    dataFolder,
    makeSample: samplesInWorker(join(appFolder, 'out/main/sample-worker.js')),
  })
  const models = createModels({
    database,
    engine,
    folders: [
      { path: join(appFolder, 'models'), bundled: true },
      { path: join(dataFolder, 'models'), bundled: false },
    ],
    dataFolder,
    appVersion: version,
  })
  const scoring = createScoring({
    database,
    engine,
    jobs,
    library,
    models,
    preferredProvider: () => settings.read().provider,
    appVersion: version,
  })
  const annotations = createAnnotations({ database, models })
  const preferredProvider = () => settings.read().provider
  const vectors = createImageVectors({ database, engine, models, library, preferredProvider })
  const near = createNearPictures({ database, models, vectors })
  const dataSets = createDataSets({ database, engine, jobs, library, models, annotations, near })
  const maker = createPackageMaker({ engine, models, dataFolder })
  const teaching = createTeaching({ database, jobs, dataSets, models, vectors, maker })
  const exchange = createExchange({
    database,
    engine,
    jobs,
    library,
    models,
    annotations,
    dataSets,
    appVersion: version,
  })
  const reading = createReading({ database, jobs, annotations, exchange, dataFolder })
  const exports = createExports({
    database,
    engine,
    jobs,
    dataFolder,
    appVersion: version,
    walk: (paths, signal) => walk(distinctInputs(paths), signal),
  })
  const sourcesDeps = { database, jobs, library, scoring, dataFolder, report }
  const intake = createIntake(sourcesDeps)
  const sources = createSources(sourcesDeps, intake)
  const similarity = createSimilarity({ database, engine, models, library, preferredProvider })
  const volumes = createVolumes({ library, engine })
  const doctor: DoctorDeps = {
    app: { version, shell },
    dataFolder,
    database,
    engine,
    models,
  }

  const router = {
    library: libraryProcedures(library),
    jobs: jobProcedures(jobs, database),
    scoring: scoringProcedures(scoring),
    models: modelProcedures(models, createWizard({ database, engine, library, models, dataFolder })),
    reading: readingProcedures(reading),
    review: reviewProcedures(database),
    similarity: similarityProcedures(similarity),
    annotations: annotationProcedures(annotations),
    exchange: exchangeProcedures(exchange),
    datasets: datasetProcedures(dataSets),
    teaching: teachingProcedures(teaching),
    deidentify: deidentifyProcedures(exports),
    sources: sourceProcedures(sources, intake),
    system: systemProcedures(doctor, settings),
  }
  const handler = createHandler({
    router,
    byteRoutes: [
      libraryRoutes(library, { database, engine, dataFolder }),
      mapRoute(database),
      volumeRoute(volumes),
      modelFileRoute(models),
      signedRoute(reading),
      explanationRoute({ database, engine, models, library }),
    ],
    renderer: join(appFolder, 'out/renderer'),
    version,
    report,
  })

  return {
    version,
    database,
    engine,
    jobs,
    library,
    models,
    scoring,
    sources,
    intake,
    annotations,
    dataSets,
    teaching,
    exchange,
    exports,
    similarity,
    volumes,
    examine: () => examine(doctor),
    handler,
    async close() {
      await intake.close()
      await jobs.close()
      await engine.close()
      database.close()
    },
  }
}

async function ensureDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new LeptonError('OUTPUT_UNWRITABLE', {
      expected: 'a data folder that can be written',
      received: folder,
      remedy: 'Name another one with --data or LEPTON_DATA_DIR.',
      cause,
    })
  }
}
