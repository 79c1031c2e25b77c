import { LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import type { ByteSource } from '../byte-source'
import { ybrFullToRgb, ybrPartialToRgb } from '../colour'
import { colourFrame, greyFrame } from '../frames'
import type { OpenInstance } from '../instance'
import type { Samples } from '../samples'
import type { Dataset } from './dataset'
import { type ModalityLut, readModalityLut, readRescale, readVoi } from './display'
import { readGraphics } from './graphics'
import { dicomHeader } from './header'
import { paletteToRgb } from './palette'
import { parseObject } from './parse'
import { readPixelModule } from './pixel-module'
import { type StoredFrame, storedFrames } from './stored'
import { Tag } from './tags'
import { readVoiLuts } from './voi-lut'

/** Opens a DICOM object for its frames. Throws as `dicomHeader` does. */
export function openDicom(file: ByteSource): OpenInstance {
  const object = parseObject(file)
  const { dataset } = object
  const header = dicomHeader(object)
  const module = readPixelModule(object)
  const stored = storedFrames(object, module)
  const checked = (index: number) => {
    if (Number.isInteger(index) && index >= 0 && index < module.frames) return index
    throw new LeptonError('FRAME_OUT_OF_RANGE', {
      expected: `0 to ${module.frames - 1}`,
      received: `${index}`,
    })
  }
  const grey = (frame: StoredFrame, groups: Dataset | null): Frame => {
    const lut = readModalityLut(dataset, module.signed)
    const data = lut === null ? frame.data : throughLut(frame.data, lut)
    const inverted = frame.photometric === 'MONOCHROME1'
    const voiLuts = readVoiLuts(dataset, groups, module.signed)
    const shown: Frame = {
      ...greyFrame(frame, data),
      photometric: inverted ? 'MONOCHROME1' : 'MONOCHROME2',
      ...(lut === null ? readRescale(dataset, groups) : { slope: 1, intercept: 0, unit: lut.unit }),
      ...readVoi(dataset, groups),
      ...(voiLuts.length > 0 && { voiLuts }),
      padding: lut === null ? (dataset.shorts(Tag.PixelPaddingValue, module.signed)[0] ?? null) : null,
    }
    return header.suv && 'factor' in header.suv ? asSuv(shown, header.suv.factor) : shown
  }
  return {
    header,
    sha256: () => file.sha256(),
    close: () => file.close(),
    storedFrame: (index) => stored.read(checked(index), { raw: true }),
    frame: async (index) => {
      const frame = await stored.read(checked(index))
      const groups = dataset.items(Tag.PerFrameFunctionalGroupsSequence)[index] ?? null
      const spacing = (header.geometry[index] ?? header.geometry[0])?.spacing ?? null
      const monochrome = frame.samples === 1 && frame.photometric !== 'PALETTE COLOR'
      const finished = monochrome
        ? grey(frame, groups)
        : colourFrame(frame, rgbOf(frame, dataset, module.signed, module.bitsStored))
      const graphics = readGraphics(object, module, index)
      return { ...finished, spacing, ...(graphics.length > 0 && { graphics }) }
    },
  }
}

/** Activity as SUV: values, and the windows over them, which are no longer those of whole numbers. */
function asSuv(frame: Frame, factor: number): Frame {
  const whole = frame.voiFunction === 'LINEAR' ? 1 : 0
  return {
    ...frame,
    slope: frame.slope * factor,
    intercept: frame.intercept * factor,
    unit: 'SUVbw',
    voiFunction: frame.voiFunction === 'SIGMOID' ? 'SIGMOID' : 'LINEAR_EXACT',
    windows: frame.windows.map(({ center, width, explanation }) => ({
      center: (center - whole / 2) * factor,
      width: Math.max(width - whole, Number.EPSILON) * factor,
      explanation,
    })),
  }
}

function rgbOf(frame: StoredFrame, dataset: Dataset, signed: boolean, bitsStored: number): Uint8Array {
  if (frame.photometric === 'PALETTE COLOR') return paletteToRgb(dataset, frame.data, signed)
  const bytes = eightBit(frame, bitsStored)
  if (frame.photometric === 'YBR_FULL' || frame.photometric === 'YBR_FULL_422') return ybrFullToRgb(bytes)
  if (frame.photometric.startsWith('YBR_PARTIAL')) return ybrPartialToRgb(bytes)
  return bytes
}

/** The eight most significant of the stored bits. */
function eightBit({ data }: Samples, bitsStored: number): Uint8Array {
  if (data instanceof Uint8Array && bitsStored === 8) return data
  const scale = 2 ** (8 - bitsStored)
  return Uint8Array.from(data, (value) => Math.min(Math.floor(value * scale), 255))
}

/** Values below and above the table take its first and last entry (PS3.3, C.11.1.1). */
function throughLut(data: Samples['data'], { first, values }: ModalityLut): Uint16Array {
  const last = values.length - 1
  const result = new Uint16Array(data.length)
  for (let index = 0; index < data.length; index++) {
    result[index] = values[Math.min(Math.max((data[index] as number) - first, 0), last)] as number
  }
  return result
}
