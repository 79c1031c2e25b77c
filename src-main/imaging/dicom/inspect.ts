import { createHash } from 'node:crypto'
import { faultOf, type LeptonError } from '#shared/domain/fault'
import type { SampleArray } from '#shared/domain/image'
import type { Inspection, StoredValues } from '#shared/domain/inspection'
import type { ByteSource } from '../byte-source'
import { ybrFullToRgb, ybrPartialToRgb } from '../colour'
import { meansOf } from '../samples'
import { UNDEFINED_LENGTH } from './encoding'
import { isCutOff } from './fragments'
import { paletteMeans } from './palette'
import { type ParsedObject, parseObject } from './parse'
import { type PixelModule, readPixelModule } from './pixel-module'
import { objectName } from './sop-class'
import { readPixelStatement, readStatement } from './statement'
import { type StoredFrame, storedFrames } from './stored'
import { Tag } from './tags'

const CUT_OFF = 'an image whose file ends within the pixel data'
const MEAN_DIGITS = 4
const COLOUR_DIGITS = 2

/** Looks into a DICOM object: what it states and the stored values of its first and last frame. */
export async function inspectDicom(file: ByteSource): Promise<Inspection> {
  let object: ParsedObject
  try {
    object = parseObject(file)
  } catch (error) {
    return refused(error)
  }
  const { dataset, pixels, mediaSopClass, damage } = object
  const cutOff = pixels?.length === UNDEFINED_LENGTH && isCutOff(object.source, pixels)
  if (pixels === null || cutOff) {
    const name = objectName(dataset.code(Tag.SOPClassUID) ?? mediaSopClass, dataset.code(Tag.Modality))
    const whole = damage === null ? name : `${name}, damaged: ${damageOf(damage)}`
    return { status: 'no-pixels', ...readStatement(object), object: cutOff ? CUT_OFF : whole }
  }
  const stated = readPixelStatement(object)
  try {
    return { status: 'ok', ...stated, ...(await storedValues(object)) }
  } catch (error) {
    return { ...refused(error), ...stated }
  }
}

/** Why a file could not be looked into. */
export function refused(error: unknown): Extract<Inspection, { status: 'error' }> {
  const { code, expected, received, remedy } = faultOf(error)
  return { status: 'error', code, expected, received, remedy }
}

function damageOf({ expected, received }: LeptonError): string {
  return `expected ${expected}, got ${received}`
}

async function storedValues(object: ParsedObject): Promise<StoredValues> {
  const module = readPixelModule(object)
  const stored = storedFrames(object, module)
  const first = await stored.read(0, { raw: true })
  const values = statisticsOf(first.data)
  const last =
    module.frames > 1 ? statisticsOf((await stored.read(module.frames - 1, { raw: true })).data) : values
  const colours = colourMeans(first, object, module)
  return {
    ...values,
    last_mean: last.mean,
    ...(object.syntax.lossy
      ? {}
      : { dtype: numpyType(first.data, object, module), sha256_frame0_le: hashOf(first) }),
    ...(colours === null ? {} : { rgb_mean: colours }),
  }
}

function statisticsOf(data: SampleArray): { min: number; max: number; mean: number } {
  let min = Infinity
  let max = -Infinity
  let sum = 0
  for (let at = 0; at < data.length; at++) {
    const value = data[at] as number
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  return { min, max, mean: rounded(sum / data.length, MEAN_DIGITS) }
}

/** Means after conversion to RGB in the depth of the samples; entries of a 16-bit palette on a scale of 255. */
function colourMeans(
  frame: StoredFrame,
  { dataset }: ParsedObject,
  module: PixelModule,
): [number, number, number] | null {
  const { photometric, samples, data } = frame
  if (photometric === 'PALETTE COLOR') return triple(paletteMeans(dataset, data, module.signed))
  if (samples !== 3) return null
  if (data instanceof Uint8Array && photometric.startsWith('YBR_FULL'))
    return triple(meansOf(ybrFullToRgb(data), 3))
  if (data instanceof Uint8Array && photometric.startsWith('YBR_PARTIAL')) {
    return triple(meansOf(ybrPartialToRgb(data), 3))
  }
  return triple(meansOf(data, 3))
}

function triple([red = 0, green = 0, blue = 0]: readonly number[]): [number, number, number] {
  return [rounded(red, COLOUR_DIGITS), rounded(green, COLOUR_DIGITS), rounded(blue, COLOUR_DIGITS)]
}

/** NumPy's name of the array type; values that were big endian in the file keep that mark. */
function numpyType(
  data: SampleArray,
  { dataset, syntax }: ParsedObject,
  { bitsAllocated, kind, signed }: PixelModule,
): string {
  const width = kind === 'integer' && bitsAllocated === 64 ? 8 : data.BYTES_PER_ELEMENT
  const letter = kind === 'float' ? 'f' : signed ? 'i' : 'u'
  if (!dataset.encoding.little && syntax.compression === 'none' && width > 1) return `>${letter}${width}`
  return `${letter === 'f' ? 'float' : letter === 'i' ? 'int' : 'uint'}${width * 8}`
}

function hashOf({ data, exact }: StoredFrame): string {
  const { buffer, byteOffset, byteLength } = exact ?? data
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
