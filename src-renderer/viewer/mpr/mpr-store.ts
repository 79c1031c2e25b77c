import { createStore, type StoreApi } from 'zustand'
import type { Fault } from '#shared/domain/fault'
import type { Slab } from '#shared/geometry/reslice'
import type { Vector } from '#shared/geometry/vector'
import type { Axes, PlaneName, VolumePlane } from '#shared/geometry/volume-planes'
import { type Affine, initialView, type ViewportSize, type ViewState } from '../view/view-state'
import type { PlaneMask, VolumeFacts } from './protocol'

/** A plane as it was last cut. */
export interface CutPlane {
  plane: VolumePlane
  values: Float32Array<ArrayBuffer>
  masks: readonly PlaneMask[]
}

/** Where a plane lies on the screen: image pixels to CSS pixels. */
export interface ShownPlane {
  viewport: ViewportSize
  affine: Affine
  /** CSS pixels for one pixel of the plane. */
  zoom: number
}

/** Planes through one volume, as they stand. */
export interface MprState {
  /** Slices on their way, and why there is no volume. */
  loaded: number
  total: number
  fault: Fault | null
  /** Why there are no masks over the planes. */
  maskFault: Fault | null
  facts: VolumeFacts | null
  axes: Axes
  slab: Slab
  /** Where all three planes meet. */
  center: Vector | null
  cuts: Readonly<Record<PlaneName, CutPlane | null>>
  views: Readonly<Record<PlaneName, ViewState>>
  shown: Readonly<Record<PlaneName, ShownPlane | null>>
}

export type MprStore = StoreApi<MprState>

export const createMprStore = (total: number): MprStore =>
  createStore<MprState>(() => ({
    loaded: 0,
    total,
    fault: null,
    maskFault: null,
    facts: null,
    axes: 'patient',
    slab: { millimetres: 0, projection: 'max' },
    center: null,
    cuts: { axial: null, coronal: null, sagittal: null },
    views: { axial: initialView, coronal: initialView, sagittal: initialView },
    shown: { axial: null, coronal: null, sagittal: null },
  }))
