import type { ImageFormat, InstanceHeader } from '#shared/domain/image'

interface Picture {
  rows: number
  columns: number
  samples: number
  bits: number
}

/** The header of a format that knows nothing but its pixels. */
export function emptyHeader(format: ImageFormat, { rows, columns, samples, bits }: Picture): InstanceHeader {
  return {
    format,
    subject: { id: null, name: null, sex: null, birthDate: null, age: null },
    study: {
      uid: null,
      id: null,
      date: null,
      time: null,
      description: null,
      accession: null,
      institution: null,
    },
    series: {
      uid: null,
      number: null,
      description: null,
      modality: null,
      bodyPart: null,
      manufacturer: null,
      device: null,
      frameOfReference: null,
    },
    instance: {
      uid: null,
      sopClass: null,
      number: null,
      transferSyntax: null,
      rows,
      columns,
      frames: 1,
      samples,
      photometric: samples === 3 ? 'RGB' : 'MONOCHROME2',
      bitsAllocated: bits,
      bitsStored: bits,
      signed: false,
      lossy: false,
      rescale: { slope: 1, intercept: 0, unit: null },
      windows: [],
      voiFunction: 'LINEAR',
      exifOrientation: 1,
    },
    geometry: [{ position: null, orientation: null, spacing: null, spacingSource: 'none', thickness: null }],
    acquisition: {},
    suv: null,
  }
}
