import type { SeriesImage } from '#shared/contract/library'
import type { Fault } from '#shared/domain/fault'
import type { FrameInfo } from '#shared/domain/image'
import type { Slab } from '#shared/geometry/reslice'
import type { VolumeGrid } from '#shared/geometry/volume-grid'
import type { PlaneName, VolumePlane } from '#shared/geometry/volume-planes'
import type { Window } from '#shared/pixels/voi'
import type { FoundRegion } from './mask-volume'

/** What a run found, as far as the masks in the planes need it. */
export interface MaskSource {
  regionThreshold: number
  predictions: readonly { imageId: number; predictionId: number; found: readonly FoundRegion[] }[]
}

/** A plane to be cut, with the masks over it. */
export interface PlaneRequest {
  name: PlaneName
  plane: VolumePlane
  slab: Slab
  /** Null: no masks. */
  threshold: number | null
}

export type ToWorker =
  | { kind: 'load'; images: readonly SeriesImage[] }
  | { kind: 'masks'; source: MaskSource | null }
  | ({ kind: 'plane' } & PlaneRequest)

/** Where a label reaches the threshold on a plane, as closed lines along its pixels' edges. */
export interface PlaneMask {
  label: string
  loops: readonly (readonly number[])[]
}

/** The volume, as far as the screen needs to know it. */
export interface VolumeFacts {
  grid: VolumeGrid
  /** Degrees of gantry tilt, which the planes take into account. */
  tilt: number
  /** How far slices lie off an even spacing, in millimetres. */
  unevenness: number
  /** So many voxels of each slice's row, and of its column, were averaged to one, to spare memory. */
  reduced: number
  /** Of the middle slice. */
  info: FrameInfo
  /** The window that slice asks for. */
  window: Window
}

export type FromWorker =
  | { kind: 'progress'; loaded: number; total: number }
  | { kind: 'loaded'; facts: VolumeFacts }
  | { kind: 'failed'; fault: Fault }
  | { kind: 'masks'; labels: readonly string[]; fault: Fault | null }
  | {
      kind: 'plane'
      name: PlaneName
      plane: VolumePlane
      values: Float32Array<ArrayBuffer>
      masks: readonly PlaneMask[]
    }
