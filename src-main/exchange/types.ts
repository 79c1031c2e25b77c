import type { LabelImagesTask, RegionEnd } from '#main/engine/types'
import type { Annotation, AnnotationState } from '#shared/domain/annotation/annotation'
import type { LabelCode, SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { Shape } from '#shared/domain/annotation/shape'
import type { Frame, FrameGeometry, ImageFormat } from '#shared/domain/image'
import type { Language } from '#shared/text'

/** Which image an annotation lies on, in every way another program may ask for it. */
export interface ImageIdentity {
  imageId: number
  instanceId: number
  seriesId: number
  studyId: number
  /** Place in the stack of its series, from 0. */
  ordinal: number
  /** Frame within its file, from 0, and how many there are. */
  frame: number
  frames: number
  /** Where its bytes lie on this computer. */
  source: string
  /** As the person knows it; `<archive>!/<member>` for a file from an archive. */
  path: string
  format: ImageFormat
  /** The file keeps its picture turned or mirrored (EXIF); annotations are in the upright one. */
  turned?: boolean
  /** Of the file; null where it was never hashed. */
  sha256: string | null
  /** SOP Instance UID and SOP Class UID; null for everything but DICOM. */
  instanceUid: string | null
  sopClass: string | null
  rows: number
  columns: number
  geometry: FrameGeometry | null
}

/** Subject, study and series that images belong to. */
export interface SeriesIdentity {
  seriesId: number
  studyId: number
  subject: {
    kind: 'patient' | 'store'
    key: string
    label: string
    name: string | null
    sex: string | null
    birthDate: string | null
  }
  study: { uid: string | null; date: string | null; description: string }
  series: {
    uid: string | null
    number: number | null
    description: string
    modality: string | null
    bodyPart: string | null
    /** Slices of one volume in their order in space. */
    volume: boolean
  }
}

/** An annotation, or what a model proposed and nobody has judged yet. */
export interface ExportAnnotation extends Omit<Annotation, 'state'> {
  state: AnnotationState | 'proposed'
}

/** A picture file: 8 bit, as the viewer opens it. */
export interface PictureForm {
  format: 'png' | 'jpeg'
  /** Of a PNG: grey pictures in three equal channels too. */
  colour?: boolean
}

export interface ExportImage {
  identity: ImageIdentity
  /** None where the image was looked at and nothing is there. */
  annotations: readonly ExportAnnotation[]
  /**
   * Probability of a label in every pixel (rows x columns bytes, probability = byte / 255) of the run its annotations
   * came from; null where there is none.
   */
  probability(label: string): Uint8Array | null
  /** The decoded pixels. Throws as the decoder does. */
  pixels(): Promise<Frame>
  /** Writes the picture in the place of a file, in the engine. Throws as the decoder does, OUTPUT_UNWRITABLE, DISK_FULL. */
  write(path: string, how: PictureForm): Promise<void>
  /** Writes regions as pictures of numbers of its size, in the engine; of each region what became of it. */
  writeLabels(
    regions: LabelImagesTask['regions'],
    files: Pick<LabelImagesTask, 'classes' | 'instances'>,
  ): Promise<RegionEnd[]>
  /** Part of a data set's split, e.g. `train`; absent where it is not split. */
  part?: string
  /** Made from the image by augmentation: its pixels are not those of the file. */
  derived?: boolean
}

/** A series of slices as a whole, or some hundred photographs of a series at a time. */
export interface ExportSeries {
  identity: SeriesIdentity
  /** In stack order. */
  images: readonly ExportImage[]
  /** Annotations of the study or series as a whole. */
  tags: readonly ExportAnnotation[]
}

/** What there is of a series, without what was drawn: for names and counts. */
export interface SeriesOutline {
  identity: SeriesIdentity
  images: readonly Pick<ExportImage, 'identity' | 'derived'>[]
}

/** Everything that is to be written, in a form that knows no file format. Rejected proposals are not in it. */
export interface ExportSet {
  /** For titles and file names. */
  name: string
  /** By key; every label that an annotation has is there. The order is that of the schema. */
  labels: ReadonlyMap<string, SchemaLabel>
  /** How many series there will be. */
  total: number
  /** The same series and images as below, at little cost. */
  outline(): Iterable<SeriesOutline>
  series(): AsyncIterable<ExportSeries>
}

/** Work beside other work, a few pieces at a time. */
export interface Beside {
  /** Begins a piece of work, which must not throw, once there is room; comes back when there is room for another. */
  begin(work: () => Promise<void>): Promise<void>
  /** Waits for everything that was begun. */
  settled(): Promise<void>
}

export interface WriteContext {
  app: { name: string; version: string }
  /** Ids of every format written in the same go. */
  formats: readonly string[]
  /** Whether pictures are copied, linked to or only named; absent: what the format needs to be of use. */
  pictures?: 'copy' | 'link' | 'name'
  /** Of texts for people; English where absent. */
  language?: Language
  /** What the reader who signs remarks. */
  remark?: string
  signal: AbortSignal
  /** Work beside the writing. A format is complete when this work is as well. */
  beside: Beside
  /** Tells of a file that is complete (absolute path). */
  written(path: string): void
  /** Tells of something that could not be written, with its reason; the rest goes on. */
  failed(item: { path: string; imageId?: number; seriesId?: number }, error: unknown): void
  /** Tells of something that has no place in this format. */
  skipped(item: { path: string; imageId?: number; seriesId?: number }, error: unknown): void
}

/** How images named in a file are found in the library. The first of several is the one taken in first. */
export interface ImageFinder {
  byInstance(instanceUid: string, frame?: number): ImageIdentity | null
  /** The whole stack; several series where they share a UID (parts of one geometry). */
  bySeries(seriesUid: string): readonly ImageIdentity[][]
  /** Every stack that shares a frame of reference. */
  byFrameOfReference(uid: string): readonly ImageIdentity[][]
  byHash(sha256: string): ImageIdentity | null
  /** The whole stack that an image lies in, in order. */
  stack(image: ImageIdentity): readonly ImageIdentity[]
  /**
   * By path as a file names it: the one whose path ends with most of its parts; null where none has its file name, or
   * several fit equally well. Extensions do not count with `stem`.
   */
  byPath(path: string, options?: { stem?: boolean; near?: string }): ImageIdentity | null
}

/** A label as a file names it; the import finds the label of the schema, or makes one. */
export interface ImportedLabel {
  name: string
  code: LabelCode | null
  colour: string | null
}

export interface ImportedAnnotation {
  /** Null for a tag of the study `studyId`. */
  image: ImageIdentity | null
  studyId: number
  label: ImportedLabel
  shape: Shape
  attributes: Record<string, string | number | string[]>
  /** Equal for the regions of one object on several slices; any text. Null: an object of its own. */
  object: string | null
  /** Who drew it, where the file says so. */
  reader: string | null
  note: string
}

export interface ReadContext {
  find: ImageFinder
  signal: AbortSignal
  /** Tells of an item of the file that could not be read or belongs to no image; the rest goes on. */
  failed(item: string, error: unknown): void
}

/** A file format for annotations. */
export interface Format {
  /** As on the command line, e.g. `coco`. */
  id: string
  /** Of the files it writes, without dot; only these are opened when a folder is read, `*` for every file. */
  fileExtensions: readonly string[]
  /** Writes the set below `folder`, which is there and belongs to this format alone. */
  write(set: ExportSet, folder: string, context: WriteContext): Promise<void>
  /** Absent for formats that are only written. */
  read?: FormatReader
}

/** A format that can be read, whether or not it is written. */
export interface ReadableFormat {
  id: string
  fileExtensions: readonly string[]
  read: FormatReader
}

export interface FormatReader {
  /** Whether a file is of this format, by its path and first 64 KiB. */
  knows(path: string, head: Uint8Array): boolean | Promise<boolean>
  /** @throws INPUT_INVALID and the like where the file as a whole cannot be read */
  read(path: string, context: ReadContext): AsyncIterable<ImportedAnnotation>
}
