import { createHash } from 'node:crypto'

/** 16 bytes as a UUID of version 8 (own scheme) that always come out the same for the same content. */
function contentBytes(content: string): Buffer {
  const bytes = createHash('sha256').update(`lepton-studio ${content}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes
}

/** A UUID for something that is known by its content. */
export function contentUuid(content: string): string {
  const hex = contentBytes(content).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A DICOM UID for something that is known by its content, under 2.25 (PS3.5, B.2). */
export function contentUid(content: string): string {
  return `2.25.${BigInt(`0x${contentBytes(content).toString('hex')}`)}`
}
