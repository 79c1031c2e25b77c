/** The largest frame that is opened, in samples. */
export const MAX_SAMPLES = 2 ** 28
/** The most frames a file may hold. */
export const MAX_FRAMES = 2 ** 20
