import { createHash } from 'node:crypto'

/** A DICOM UID under 2.25 (a UUID as a decimal number) that always comes out the same for the same name. */
export function uidFor(name: string): string {
  const bytes = createHash('sha256').update(`lepton-studio phantom ${name}`).digest().subarray(0, 16)
  // Version 8 (own scheme), variant of RFC 9562.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}
