import type { Deidentified, DeidentifyTask } from '#main/deidentify/types'
import type { Shape } from '#shared/domain/annotation/shape'
import type { PixelBox, PreviewLine } from '#shared/domain/deidentification'
import type { Frame } from '#shared/domain/image'
import type { ImageTraits } from '#shared/domain/image-traits'
import type { Inspection } from '#shared/domain/inspection'
import type { NetworkInput } from '#shared/domain/model-manifest/index'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import type { Size } from '#shared/geometry/grid'
import type { Statistics } from '#shared/preparation/statistics'
import type { MergeRequest } from '../protocol'
import type {
  FrameSource,
  ImageResult,
  LabelImagesTask,
  ModelSource,
  NamedTensor,
  PictureTask,
  RegionEnd,
  ShapesTask,
  Variation,
} from '../types'
import type { Answer } from './answer'
import type { Patch } from './occlude'
import type { FindingRules, SessionModel } from './session-model'

/** Images of one chunk to be prepared; `places` are the slices of its channels, edges already replicated. */
export interface PrepareJob {
  /** Tells the planes of one task from those of another. */
  run: number
  input: NetworkInput
  statistics: Statistics | null
  images: { index: number; places: number[] }[]
  /** Every place named above, null where the file may not be opened. */
  sources: [place: number, source: FrameSource | null][]
  /** The first tile to prepare, of a network that slides over large images; other images have one view. */
  tile: number
}

/** What stays known of an image while its tensor is in the session. */
export interface PreparedImage {
  index: number
  sha256: string
  rows: number
  columns: number
  /** Between rows and between columns, in millimetres. */
  spacing: [number, number] | null
  /** Rows and columns of the image on the network's scale. */
  content: Size
}

/** A network's look at an image, or at one tile of it. */
export interface View {
  image: PreparedImage
  /** Where the image's first pixel lies in the tensor, down and across. */
  offset: Size
}

/** Views of equal shape, ready for the session. */
export interface Batch {
  views: View[]
  /** N, channels, rows, columns; standardised, whatever the network's layout and type. */
  shape: [number, number, number, number]
  data: Float32Array<ArrayBuffer>
}

export interface Prepared {
  batches: Batch[]
  failures: ImageResult[]
  /** The tile to go on with; null where every view of the images is there. */
  nextTile: number | null
}

/** An image after the session, with what came of each of its views. */
export interface ScoredImage {
  image: PreparedImage
  answers: Answer[]
}

/** Jobs of the threads that work beside the session. */
export interface DecodeJobs {
  /** The header of each file as JSON, or why it has none. */
  headers: { job: { paths: { item: number; path: string }[] }; value: { item: number; result: string }[] }
  frame: { job: { source: FrameSource }; value: Frame }
  thumbnail: { job: { source: FrameSource; size: number }; value: { type: string; bytes: Uint8Array } }
  traits: { job: { source: FrameSource }; value: ImageTraits }
  picture: { job: { task: PictureTask }; value: null }
  variant: { job: { source: FrameSource; variation: Variation }; value: Frame }
  'label-images': { job: { task: LabelImagesTask }; value: RegionEnd[] }
  'variant-shapes': { job: { task: ShapesTask }; value: (Shape | null)[] }
  /** Looks into a file; never fails. */
  inspect: { job: { path: string }; value: Inspection }
  deidentify: { job: { task: DeidentifyTask }; value: Deidentified }
  'deidentify-preview': {
    job: Pick<DeidentifyTask, 'path' | 'options' | 'secret'>
    value: PreviewLine[]
  }
  'burned-in': { job: { path: string }; value: { likely: boolean; boxes: PixelBox[] } }
  /** Decodes one frame and keeps it: finds out whether it can be done at all. */
  probe: { job: { source: FrameSource }; value: null }
  /** Figures of some slices together; null where none of them could be read. */
  survey: { job: { sources: FrameSource[]; input: NetworkInput }; value: Statistics | null }
  prepare: { job: PrepareJob; value: Prepared }
  /** The answers of an ensemble's members for one image. */
  merge: { job: Omit<MergeRequest, 'kind'>; value: MergeRequest['results'][number] }
  finish: { job: { images: ScoredImage[]; rules: FindingRules }; value: ImageResult[] }
}

interface OnProvider {
  model: SessionModel
  provider: Provider
}

/** Jobs of the threads that own sessions. */
export interface SessionJobs {
  load: { job: OnProvider; value: null }
  run: { job: OnProvider & { batch: Batch }; value: Answer[] }
  trial: { job: { model: ModelSource; provider: Provider }; value: ProviderTrial }
  /** Every output for the golden inputs. */
  answers: { job: { model: ModelSource; provider: Provider }; value: NamedTensor[] }
  /** The class activation of a label over a single view; null where the network declares none. */
  activation: { job: OnProvider & { batch: Batch; labels: string[] }; value: Activation | null }
  /** The probability of some labels together with each patch of a single view covered. */
  occlude: { job: OnProvider & { batch: Batch; labels: string[]; patches: Patch[] }; value: number[] }
}

/** A plane of class activation over the network's input. */
export interface Activation {
  rows: number
  columns: number
  values: Float32Array<ArrayBuffer>
}
