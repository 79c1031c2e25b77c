import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { type Database, openDatabase } from '#main/database/open'
import type { Engine, FrameSource, HeaderResult } from '#main/engine/types'
import { headerOf } from '#main/engine/work/display'
import { writeLabelImages } from '#main/engine/work/label-images'
import { varied, variedShapes, writePicture } from '#main/engine/work/picture'
import { openInstance, thumbnail } from '#main/imaging'
import { traitsOf } from '#main/imaging/traits'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { LeptonError } from '#shared/domain/fault'
import { createLibrary } from '../create-library'
import { libraryProcedures } from '../procedures'
import type { Library } from '../types'

/** A library in a fresh folder, over the real database, jobs and header readers, without the engine process. */
export class LibraryBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lepton-library-'))
  readonly data = join(this.folder, 'data')
  readonly database: Database
  readonly jobs: Jobs
  readonly library: Library
  readonly client
  readonly engine: Engine
  /** Paths whose headers were read. */
  readonly read: string[] = []
  /** Called before each header is read. */
  beforeRead: (path: string) => void = () => {}
  /** Folder for the inputs of a test. */
  readonly inputs = join(this.folder, 'inputs')

  /** @param engine another one than that which reads in this process */
  constructor(engine?: Engine) {
    mkdirSync(this.data)
    mkdirSync(this.inputs)
    this.database = openDatabase(join(this.data, 'library.sqlite'))
    this.jobs = createJobs(this.database)
    this.engine = engine ?? this.#engine()
    this.library = createLibrary({
      database: this.database,
      engine: this.engine,
      jobs: this.jobs,
      dataFolder: this.data,
      makeSample: () => Promise.reject(new LeptonError('INTERNAL')),
    })
    this.client = createRouterClient(libraryProcedures(this.library))
  }

  async import(...paths: string[]) {
    const { jobId } = await this.client.import({ paths })
    return this.jobs.settled(jobId)
  }

  count(table: string): number {
    return this.database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  }

  async close() {
    await this.jobs.close()
    this.database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #engine(): Engine {
    const unused = () => Promise.reject(new LeptonError('INTERNAL', { received: 'not part of this test' }))
    return {
      headers: (paths, signal) => this.#headers(paths, signal),
      frame: frameOf,
      thumbnail: async (source, size) => thumbnail(await frameOf(source), size),
      writePicture: async ({ source, ...task }) => writePicture(await frameOf(source), task),
      variant: async (source, variation) => varied(await frameOf(source), variation),
      labelImages: writeLabelImages,
      variantShapes: async (task) => variedShapes(task),
      inspect: unused,
      traits: async (source) => traitsOf(await frameOf(source)),
      deidentify: unused,
      previewDeidentified: unused,
      burnedIn: unused,
      score: unused,
      providers: unused,
      trial: unused,
      explain: unused,
      answers: unused,
      status: () => ({ running: true, restarts: 0, memoryBytes: null, onnxruntime: null }),
      close: () => Promise.resolve(),
    }
  }

  async *#headers(paths: readonly string[], signal?: AbortSignal): AsyncGenerator<HeaderResult> {
    for (const path of paths) {
      if (signal?.aborted) return
      this.read.push(path)
      this.beforeRead(path)
      yield await headerOf(path)
    }
  }
}

async function frameOf({ path, frame }: FrameSource) {
  const instance = await openInstance(path)
  try {
    return await instance.frame(frame)
  } finally {
    instance.close()
  }
}
