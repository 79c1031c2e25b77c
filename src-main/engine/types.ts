import type { Deidentified, DeidentifyTask } from '#main/deidentify/types'
import type { Shape } from '#shared/domain/annotation/shape'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import type { PixelBox, PreviewLine } from '#shared/domain/deidentification'
import type { Fault } from '#shared/domain/fault'
import type { Box, Rle } from '#shared/domain/finding'
import type { Frame, InstanceHeader } from '#shared/domain/image'
import type { ImageTraits } from '#shared/domain/image-traits'
import type { Inspection } from '#shared/domain/inspection'
import type { Weights } from '#shared/domain/model-manifest/files'
import type { EnsembleRule, ModelManifest } from '#shared/domain/model-manifest/index'
import type { MapInfo } from '#shared/domain/probability-map'
import type { Provider, ProviderTrial } from '#shared/domain/provider'

/** One frame of a file on disk. */
export interface FrameSource {
  path: string
  frame: number
}

/** A model package as the engine loads it; hashes were checked by the registry. */
export interface ModelSource {
  folder: string
  manifest: ModelManifest
  /** Which of the manifest's weights to load. */
  precision: Weights['precision']
}

/** A variant of a picture: the same recipe and key always make the same. */
export interface Variation {
  recipe: AugmentationRecipe
  key: string
}

/** A picture file to be made of a frame. */
export interface PictureTask {
  source: FrameSource
  /** Put in the place of what lies there. */
  target: string
  variation: Variation | null
  /** 8 bit, as the viewer opens it. */
  format: 'png' | 'jpeg'
  /** Of a PNG: 3 for grey frames in three equal channels; null as many as the frame has. */
  channels: 3 | null
}

/** Shapes to be moved as a variation moves a picture of this size. */
export interface ShapesTask {
  shapes: Shape[]
  variation: Variation
  rows: number
  columns: number
}

/** Pictures of numbers to be made of regions of a size, each later one on top. */
export interface LabelImagesTask {
  rows: number
  columns: number
  regions: { shape: Shape; number: number }[]
  /** Grey PNG of the regions' numbers, 16 bit where wide. */
  classes: { path: string; wide: boolean } | null
  /** Grey PNG of 16 bit: from 1 in the order of the regions, those without area not counted. */
  instances: string | null
}

/** What became of a region: it has no area, or lies upon an earlier one in places. */
export type RegionEnd = 'drawn' | 'covers' | 'empty'

/** A tensor as golden files hold it: little-endian numbers. */
export interface NamedTensor {
  name: string
  shape: number[]
  type: 'float32' | 'uint8' | 'int64'
  bytes: Uint8Array
}

/** Several networks whose answers become one. */
export interface EnsembleTask {
  rule: EnsembleRule
  /** Two or more; what the first one's outputs decide by (their own thresholds) holds for all. */
  members: readonly { model: ModelSource; provider: Provider }[]
  /** Of the ensemble's own manifest. */
  manifest: Pick<ModelManifest, 'labels' | 'groups' | 'operatingPoint'>
}

export interface ScoreTask {
  /** Of an ensemble the first member. */
  model: ModelSource
  /** Where the model is an ensemble; its members run instead of `model`. */
  ensemble?: EnsembleTask
  /** A provider that passed the model's self-test. */
  provider: Provider
  threshold: number
  /** Averages the answers over the picture and its mirror images. */
  flips: boolean
  /** The whole stack in order: a series, or photographs that only share the task. */
  stack: readonly FrameSource[]
  /** Places in `stack` to score; neighbours and series statistics come from the whole stack. */
  wanted: readonly number[]
}

export interface EngineFinding {
  label: string
  /** Highest probability within the region. */
  score: number
  meanProbability: number
  box: Box | null
  areaPx: number | null
  areaMm2: number | null
  mask: Rle | null
}

/** What a classifying output says of a whole image. */
export interface ClassResult {
  /** Name of the output. */
  output: string
  /** In the order of the manifest; they add up to 1 unless any number of labels may hold. */
  probabilities: { label: string; probability: number }[]
  /** Of the manifest's groups: the sums over their labels. */
  groups: { group: string; probability: number }[]
  /** Labels called at the operating point; none where the model is not sure enough. */
  called: string[]
}

/** Where in an image a label's probability comes from: an explanation aid, not a finding. */
export interface Explanation {
  method: 'activation' | 'occlusion'
  /** Relevance from 0 to 255, one plane, deflated as probability maps are. */
  info: MapInfo
  bytes: Uint8Array
}

export type ImageResult =
  | {
      index: number
      status: 'scored'
      sha256: string
      findings: EngineFinding[]
      classes: ClassResult[]
      embedding: Float32Array | null
      /** Raw-deflated planes; null where nothing rose above a trace. */
      map: { info: MapInfo; bytes: Uint8Array } | null
      /** Time in the session, per image. */
      milliseconds: number
    }
  | { index: number; status: 'failed'; fault: Fault }

export type HeaderResult =
  | {
      path: string
      header: InstanceHeader
      sizeBytes: number
      modifiedMs: number
      sha256: string | null
      /** What a DICOM file also is to other software, by its preamble; null for nearly all. */
      disguise: string | null
    }
  /** `references`: of a DICOMDIR, the components of the paths it names, not checked. */
  | { path: string; fault: Fault; references?: string[][] | undefined }

export interface EngineStatus {
  running: boolean
  restarts: number
  /** Resident memory of the engine process. */
  memoryBytes: number | null
  onnxruntime: string | null
}

/**
 * The engine process as the services see it. A crash or a hang inside ends the process; it is started again,
 * the items under way are tried once more one by one, and an item that ends it again comes back as `failed`
 * with ENGINE_CRASHED or ENGINE_TIMEOUT. Other requests wait and go on.
 */
export interface Engine {
  /** Reads headers only; photographs are hashed as well, for they carry no identity. Results come in any order. */
  headers(paths: readonly string[], signal?: AbortSignal): AsyncIterable<HeaderResult>
  /** Decodes one frame for display; goes before any scoring work. */
  frame(source: FrameSource, signal?: AbortSignal): Promise<Frame>
  /** A picture of a frame with its longest side at most `size`, windowed as the viewer would show it. */
  thumbnail(
    source: FrameSource,
    size: number,
    signal?: AbortSignal,
  ): Promise<{ type: string; bytes: Uint8Array }>
  /** Figures of a frame's pixels; beside other work. */
  traits(source: FrameSource, signal?: AbortSignal): Promise<ImageTraits>
  /** Writes a picture of a frame; after display and scoring. @throws OUTPUT_UNWRITABLE, DISK_FULL, as `frame` does */
  writePicture(task: PictureTask, signal?: AbortSignal): Promise<void>
  /** Writes label images; of each region what became of it. @throws OUTPUT_UNWRITABLE, DISK_FULL */
  labelImages(task: LabelImagesTask, signal?: AbortSignal): Promise<RegionEnd[]>
  /** A variant of a frame. */
  variant(source: FrameSource, variation: Variation, signal?: AbortSignal): Promise<Frame>
  /** Shapes as they lie in a variant, in their order; null where hardly anything of one is in sight. */
  variantShapes(task: ShapesTask, signal?: AbortSignal): Promise<(Shape | null)[]>
  /** What a DICOM file states and holds, for conformance; a file that ends the engine rejects as other requests. */
  inspect(path: string, signal?: AbortSignal): Promise<Inspection>
  /** Scores the wanted images; each result is handed over as soon as it is there. Rejects only if nothing can run. */
  score(task: ScoreTask, onResult: (result: ImageResult) => void, signal?: AbortSignal): Promise<void>
  /** Where the probability of a label of a classification comes from. */
  explain(
    model: ModelSource,
    provider: Provider,
    source: FrameSource,
    label: string,
    signal?: AbortSignal,
  ): Promise<Explanation>
  /** Writes a file anew without identities. */
  deidentify(task: DeidentifyTask, signal?: AbortSignal): Promise<Deidentified>
  /** What de-identifying a file would change, element by element. */
  previewDeidentified(task: Pick<DeidentifyTask, 'path' | 'options' | 'secret'>): Promise<PreviewLine[]>
  /** Whether a file is of a kind that carries writing in its pixels, and where some was found. */
  burnedIn(path: string, signal?: AbortSignal): Promise<{ likely: boolean; boxes: PixelBox[] }>
  /** Which providers this computer offers, in order of preference, before any model is tried. */
  providers(): Promise<{ provider: Provider; available: boolean; fault: Fault | null }[]>
  /** Runs the golden self-test of a model on one provider. */
  trial(model: ModelSource, provider: Provider): Promise<ProviderTrial>
  /** What a network says to its golden inputs, whatever its golden outputs are. */
  answers(model: ModelSource, provider: Provider): Promise<NamedTensor[]>
  status(): EngineStatus
  close(): Promise<void>
}
