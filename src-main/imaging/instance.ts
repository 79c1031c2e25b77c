import type { Frame, InstanceHeader, Photometric } from '#shared/domain/image'
import type { Samples } from './samples'

/** An image file, open for its frames. */
export interface OpenInstance {
  readonly header: InstanceHeader
  /** SHA-256 of the whole file. */
  sha256(): string
  /** A frame for display and inference. Throws FRAME_OUT_OF_RANGE, PIXELS_CORRUPT and the like. */
  frame(index: number): Promise<Frame>
  /** Decoded values before palette, colour and modality conversion. */
  storedFrame(index: number): Promise<Samples & { photometric: Photometric }>
  close(): void
}
