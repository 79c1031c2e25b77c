import { cache, Enums, imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core'
import type { SeriesImage } from '#shared/contract/library'
import type { Frame, SampleArray } from '#shared/domain/image'
import type { Backend } from './backend'
import { paint } from './canvas-painter'
import { readFrame } from './read-frame'

const scheme = 'lepton'

/** The id under which Cornerstone knows an image of the library. */
export const stackId = (imageId: number): string => `${scheme}:${imageId}`

interface Known {
  image: SeriesImage
  modality: string | null
}

/** What each viewport shows; several may show the same image. */
const shown = new Map<object, ReadonlyMap<string, Known>>()

function known(id: string): Known | undefined {
  for (const images of shown.values()) {
    const found = images.get(id)
    if (found) return found
  }
  return undefined
}

/** Weak, so that an image dropped from the cache takes its frame with it. */
const frames = new WeakMap<Types.IImage, Frame>()

/** Makes the images that a viewport shows known to Cornerstone, instead of those it showed before. */
export function register(
  viewport: object,
  images: readonly SeriesImage[],
  modality: string | null,
): string[] {
  shown.set(viewport, new Map(images.map((image) => [stackId(image.id), { image, modality }])))
  return images.map((image) => stackId(image.id))
}

/** Forgets what a viewport showed. */
export const unregister = (viewport: object) => shown.delete(viewport)

/** The decoded frame behind an image of Cornerstone's. */
export const frameOf = (image: Types.IImage): Frame | null => frames.get(image) ?? null

/** Loads an image into the cache, or takes it from there. */
export const loadImage = (imageId: number): Promise<Types.IImage> =>
  imageLoader.loadAndCacheImage(stackId(imageId))

/** Bytes that decoded frames may take; the least recently shown are dropped first. */
export const cacheBound = 1024 ** 3

/** Teaches Cornerstone to load frames from the engine and to answer for their geometry. */
export function startLoading(backend: Backend): void {
  cache.setMaxCacheSize(cacheBound)
  imageLoader.registerImageLoader(scheme, (id: string) => {
    const abort = new AbortController()
    return { promise: load(id, backend, abort.signal), cancelFn: () => abort.abort() }
  })
  metaData.addProvider(describe, 1000)
}

async function load(id: string, backend: Backend, signal: AbortSignal): Promise<Types.IImage> {
  const frame = await readFrame(Number(id.slice(scheme.length + 1)), signal)
  const image = asCornerstoneImage(id, frame, backend)
  frames.set(image, frame)
  return image
}

/**
 * A frame as Cornerstone holds it. Canvas 2D is painted by `paint`, straight from the frame with the shared
 * pixel maths; WebGL takes stored values as a texture and a window in the same units.
 */
function asCornerstoneImage(id: string, frame: Frame, backend: Backend): Types.IImage {
  const { rows, columns, samples } = frame
  const scalarData = backend === 'webgl' ? textureSamples(frame.data) : frame.data
  const colour = samples === 3
  return {
    imageId: id,
    rows,
    columns,
    height: rows,
    width: columns,
    color: colour,
    rgba: false,
    numberOfComponents: samples,
    minPixelValue: frame.min,
    maxPixelValue: frame.max,
    slope: 1,
    intercept: 0,
    windowCenter: (frame.min + frame.max) / 2,
    windowWidth: Math.max(1, frame.max - frame.min),
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    invert: false,
    photometricInterpretation: colour ? 'RGB' : 'MONOCHROME2',
    rowPixelSpacing: known(id)?.image.geometry?.spacing?.[0] ?? frame.spacing?.[0] ?? 1,
    columnPixelSpacing: known(id)?.image.geometry?.spacing?.[1] ?? frame.spacing?.[1] ?? 1,
    sizeInBytes: scalarData.byteLength,
    dataType: scalarData.constructor.name as Types.PixelDataTypedArrayString,
    // Stored values are final for Cornerstone: slope and intercept are applied in the window, not in the data.
    preScale: { enabled: true, scaled: true, scalingParameters: { rescaleSlope: 1, rescaleIntercept: 0 } },
    getPixelData: () => scalarData as Types.PixelDataTypedArray,
    getCanvas: () => document.createElement('canvas'),
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      width: columns,
      height: rows,
      scalarData: scalarData as Types.PixelDataTypedArray,
      numberOfComponents: samples,
    }),
    render: ({ canvas }) => canvas && paint(canvas, frame),
  }
}

/** Textures hold 32-bit integers and doubles as floats. */
function textureSamples(data: SampleArray): SampleArray {
  const fits = data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Int16Array
  return fits || data instanceof Float32Array ? data : Float32Array.from(data)
}

/** Cornerstone's questions about an image, answered from the series and, once it is there, from the frame. */
function describe(type: string, id: unknown): unknown {
  const entry = typeof id === 'string' ? known(id) : undefined
  if (!entry) return undefined
  if (type === Enums.MetadataModules.IMAGE_PLANE) return planeOf(entry.image)
  if (type === Enums.MetadataModules.GENERAL_SERIES) return { modality: entry.modality ?? 'OT' }
  if (type === Enums.MetadataModules.IMAGE_PIXEL) {
    const cached = cache.getImage(id as string)
    const samples = cached?.numberOfComponents ?? 1
    const bits = (cached ? cached.sizeInBytes / (cached.rows * cached.columns * samples) : 2) * 8
    return {
      bitsAllocated: bits,
      bitsStored: bits,
      highBit: bits - 1,
      samplesPerPixel: samples,
      photometricInterpretation: samples === 3 ? 'RGB' : 'MONOCHROME2',
      pixelRepresentation: 0,
    }
  }
  return undefined
}

function planeOf(image: SeriesImage): Types.ImagePlaneModule {
  const spacing = image.geometry?.spacing ?? [1, 1]
  const [rx, ry, rz, cx, cy, cz] = image.geometry?.orientation ?? [1, 0, 0, 0, 1, 0]
  return {
    rows: image.rows,
    columns: image.columns,
    frameOfReferenceUID: 'series',
    imagePositionPatient: image.geometry?.position ?? [0, 0, 0],
    imageOrientationPatient: [rx, ry, rz, cx, cy, cz],
    rowCosines: [rx, ry, rz],
    columnCosines: [cx, cy, cz],
    rowPixelSpacing: spacing[0],
    columnPixelSpacing: spacing[1],
    usingDefaultValues: false,
  }
}
