import { type Encoding, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './encoding'

/** How the frames of an object are compressed. */
export type Compression =
  | 'none'
  | 'encapsulated'
  | 'rle'
  | 'jpeg'
  | 'jpeg-lossless'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k'
  | 'jpeg-xl'
  | 'deflated-frames'
  | 'unsupported'

export interface TransferSyntax {
  uid: string
  encoding: Encoding
  deflated: boolean
  compression: Compression
  /** Whether the compression may have changed pixel values. */
  lossy: boolean
}

const PREFIX = '1.2.840.10008.1.2'
export const EXPLICIT_LITTLE_UID = `${PREFIX}.1`

/** UIDs below `1.2.840.10008.1.2` (PS3.6, table A-1). */
const compressions: Record<string, [Compression, lossy?: true]> = {
  '': ['none'],
  '.1': ['none'],
  '.1.98': ['encapsulated'],
  '.1.99': ['none'],
  '.2': ['none'],
  '.5': ['rle'],
  '.4.50': ['jpeg', true],
  '.4.51': ['jpeg', true],
  '.4.53': ['jpeg', true],
  '.4.55': ['jpeg', true],
  '.4.57': ['jpeg-lossless'],
  '.4.70': ['jpeg-lossless'],
  '.4.80': ['jpeg-ls'],
  '.4.81': ['jpeg-ls', true],
  '.4.90': ['jpeg-2000'],
  '.4.91': ['jpeg-2000', true],
  '.4.92': ['jpeg-2000'],
  '.4.93': ['jpeg-2000', true],
  '.4.110': ['jpeg-xl'],
  '.4.111': ['jpeg-xl', true],
  '.4.112': ['jpeg-xl', true],
  '.4.201': ['htj2k'],
  '.4.202': ['htj2k'],
  '.4.203': ['htj2k', true],
  '.8.1': ['deflated-frames'],
}

/** What a Transfer Syntax UID says; an unknown one is `unsupported` and read as explicit little endian. */
export function transferSyntax(uid: string): TransferSyntax {
  const known = uid.startsWith(PREFIX) ? compressions[uid.slice(PREFIX.length)] : undefined
  const [compression, lossy] = known ?? (['unsupported'] as const)
  const encoding =
    uid === PREFIX
      ? IMPLICIT_LITTLE
      : uid === `${PREFIX}.2`
        ? { explicit: true, little: false }
        : EXPLICIT_LITTLE
  return { uid, encoding, deflated: uid === `${PREFIX}.1.99`, compression, lossy: lossy ?? false }
}
