import { LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import type { Weights } from '#shared/domain/model-manifest/files'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import type { FrameSource, HeaderResult, ImageResult, ModelSource } from '../types'
import type { Range } from './planes'

/** Images of one chunk to be prepared; `places` are the slices of its channels, edges already replicated. */
export interface PrepareJob {
  /** Tells the planes of one task from those of another. */
  run: number
  input: ModelManifest['input']
  range: Range | null
  images: { index: number; places: number[] }[]
  /** Every place named above, null where the file may not be opened. */
  sources: [place: number, source: FrameSource | null][]
}

/** What stays known of an image while its tensor is in the session. */
export interface PreparedImage {
  index: number
  sha256: string
  rows: number
  columns: number
  /** Between rows and between columns, in millimetres. */
  spacing: [number, number] | null
  /** Rows and columns of the network's grid that hold the image. */
  content: [number, number]
}

/** Images of equal shape, ready for the session. */
export interface Batch {
  images: PreparedImage[]
  /** N, channels, rows, columns. */
  shape: [number, number, number, number]
  data: Float32Array<ArrayBuffer>
}

export interface Prepared {
  batches: Batch[]
  failures: ImageResult[]
}

/** An image after the session: a plane of content rows x columns for each label, probability x 255. */
export interface ScoredImage {
  image: PreparedImage
  planes: Uint8Array<ArrayBuffer>
  milliseconds: number
}

/** Jobs of the threads that work beside the session. */
export interface DecodeJobs {
  headers: { job: { paths: string[] }; value: HeaderResult[] }
  frame: { job: { source: FrameSource }; value: Frame }
  thumbnail: { job: { source: FrameSource; size: number }; value: { type: string; bytes: Uint8Array } }
  /** Decodes one frame and keeps it: finds out whether it can be done at all. */
  probe: { job: { source: FrameSource }; value: null }
  /** Percentiles of some slices together; null where none of them could be read. */
  survey: { job: { sources: FrameSource[]; low: number; high: number }; value: Range | null }
  prepare: { job: PrepareJob; value: Prepared }
  finish: { job: { images: ScoredImage[]; labels: string[]; threshold: number }; value: ImageResult[] }
}

/** What a session has to know of a model; small, for it goes along with every batch. */
export interface SessionModel {
  folder: string
  version: string
  /** The file of the chosen weights, within the folder. */
  file: string
  input: string
  outputs: { name: string; labels: string[] }[]
}

export function sessionModelOf(model: ModelSource): SessionModel {
  const { folder, manifest } = model
  const outputs = manifest.outputs.flatMap((output) =>
    output.decode === 'sigmoid-mask' ? [{ name: output.name, labels: output.labels }] : [],
  )
  return {
    folder,
    version: manifest.version,
    file: weightsOf(model).file,
    input: manifest.input.name,
    outputs,
  }
}

/** The file and golden outputs of the precision that was asked for. */
export function weightsOf({ manifest, precision }: ModelSource): Weights {
  const weights = manifest.weights.find((one) => one.precision === precision)
  if (weights) return weights
  throw new LeptonError('MODEL_INVALID', {
    expected: manifest.weights.map((one) => one.precision).join(', '),
    received: precision,
  })
}

/** Jobs of the threads that own sessions. */
export interface SessionJobs {
  load: { job: { model: SessionModel; provider: Provider }; value: null }
  run: { job: { model: SessionModel; provider: Provider; batch: Batch }; value: ScoredImage[] }
  trial: { job: { model: ModelSource; provider: Provider }; value: ProviderTrial }
}
