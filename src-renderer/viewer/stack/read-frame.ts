import { FRAME_HEADER, routes } from '#shared/contract/routes'
import { fault, LeptonError } from '#shared/domain/fault'
import { type Frame, frameInfo, type SampleArray, type SampleType } from '#shared/domain/image'

const constructors: Record<SampleType, new (bytes: ArrayBuffer) => SampleArray> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
}

/**
 * Fetches one decoded frame. The samples come little endian and are used in place: every platform the app
 * runs on is little endian.
 * @throws LeptonError with the engine's own reason, e.g. FILE_NOT_FOUND or PIXELS_CORRUPT.
 */
export async function readFrame(imageId: number, signal?: AbortSignal): Promise<Frame> {
  const response = await fetch(routes.frame(imageId), signal ? { signal } : {})
  if (!response.ok) throw await refusal(response)
  const info = frameInfo.parse(JSON.parse(response.headers.get(FRAME_HEADER) ?? 'null'))
  const bytes = await response.arrayBuffer()
  const samples = info.rows * info.columns * info.samples
  const Samples = constructors[info.type]
  const data = bytes.byteLength % samples === 0 ? new Samples(bytes) : null
  if (data?.length !== samples) {
    throw new LeptonError('PIXELS_CORRUPT', {
      expected: `${samples} samples`,
      received: `${bytes.byteLength} bytes`,
    })
  }
  return { ...info, data }
}

/** The coded reason of a refused request for bytes. */
export async function refusal(response: Response): Promise<LeptonError> {
  const said = fault.safeParse(await response.json().catch(() => null))
  if (said.success) return new LeptonError(said.data.code, said.data)
  return new LeptonError('INTERNAL', { received: `HTTP ${response.status}` })
}
