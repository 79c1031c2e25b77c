/** The largest frame that is opened, in samples. */
export const MAX_SAMPLES = 2 ** 28
/** The same in bytes of decoded samples. */
export const MAX_FRAME_BYTES = 2 ** 29
/** The largest code stream of codecs that work on whole planes of wide numbers, in samples. */
export const MAX_CODED_SAMPLES = 100_000_000
/** The largest picture that is decoded, in bytes: its decoder and its reader each hold a copy. */
export const MAX_PICTURE_BYTES = 300 * 2 ** 20
/** The largest volume that is inflated, in bytes. */
export const MAX_VOLUME_BYTES = 576 * 2 ** 20
/** The most frames a file may hold. */
export const MAX_FRAMES = 2 ** 17
/** Characters of a header as JSON: what the places of the most frames take, and room for the rest. */
export const MAX_HEADER_TEXT = 2 ** 20 + MAX_FRAMES * 512
