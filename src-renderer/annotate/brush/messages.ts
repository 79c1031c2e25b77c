import { z } from 'zod'
import type { Click } from '#shared/brush/view'
import type { Frame } from '#shared/domain/image'
import type { Crop } from '#shared/geometry/shapes/crop'

/** One file of the network, and how exact its golden answer must be. */
interface BrushWeights {
  address: string
  golden: string
  tolerance: { absolute: number; relative: number }
}

/** The network as the worker fetches it. */
export interface BrushNetwork {
  /** Each provider has the file that it is quickest with. */
  weights: Record<BrushProvider, BrushWeights>
  /** Addresses of the golden inputs, by name. */
  inputs: Record<string, string>
  /** Names of the picture's, the clicks' and the mask's tensors. */
  names: { image: string; prompt: string; mask: string }
}

/** What the window asks of the worker; answers come back under the same id. */
export type BrushRequest =
  | { id: number; kind: 'start'; network: BrushNetwork }
  /** The picture that objects are to be begun on. */
  | { id: number; kind: 'picture'; frame: Frame }
  /** An object on that picture: a new one, or one that is marked already. */
  | { id: number; kind: 'begin'; mask: Uint8Array | null }
  | { id: number; kind: 'click'; click: Click }
  | { id: number; kind: 'undo' }

export const brushProvider = z.enum(['webgpu', 'wasm'])
export type BrushProvider = z.infer<typeof brushProvider>

/** Why a provider was not taken. */
export interface Refused {
  provider: BrushProvider
  reason: string
}

export interface BrushStarted {
  provider: BrushProvider
  /** Threads of WebAssembly; 1 on a graphics card. */
  threads: number
  refused: Refused[]
}

export interface BrushMask {
  /** What is marked, in pixels of the image; null where no click is left. */
  mask: Crop | null
  /** From the click's arrival to this answer. */
  milliseconds: number
  /** A closer look at the same click follows. */
  preliminary: boolean
}

export type BrushAnswer =
  | { id: number; kind: 'started'; started: BrushStarted }
  | { id: number; kind: 'mask'; answer: BrushMask }
  | { id: number; kind: 'done' }
  | { id: number; kind: 'failed'; reason: string }
