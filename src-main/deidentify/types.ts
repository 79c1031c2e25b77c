import type { DeidentifyOptions, FileKeys, FileReport, PixelBox } from '#shared/domain/deidentification'

/** What to do with one file. */
export interface DeidentifyTask {
  path: string
  /** Where to write; made anew, deleted again if it cannot be finished. */
  target: string
  options: DeidentifyOptions
  /** Hexadecimal digits of the library's secret. */
  secret: string
  /** Rectangles to cover, as a person left them; null where nobody has looked, so that they are looked for here. */
  boxes: PixelBox[] | null
}

export interface Deidentified {
  /** Where the file belongs below the output folder, with forward slashes. */
  name: string
  report: FileReport
  keys: FileKeys
}
