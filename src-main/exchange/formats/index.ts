import type { Format } from '../types'

/** Formats for photographs and volumes that other annotation tools read and write. */
export const plainFormats: readonly Format[] = []
