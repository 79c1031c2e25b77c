import { LeptonError } from '#shared/domain/fault'
import type { Command } from './command'

/** Pending answers of C-FIND, C-GET and C-MOVE. */
export const isPending = (status: number | undefined) => status === 0xff00 || status === 0xff01

/** Success, and warnings: stored, but something was coerced (PS3.7, annex C). */
export const isSuccess = (status: number | undefined) =>
  status === 0 ||
  status === 0x0001 ||
  status === 0x0107 ||
  status === 0x0116 ||
  (status ?? 0xc000) >> 12 === 0xb

const meanings: [test: (status: number) => boolean, received: string, remedy: string][] = [
  [
    (status) => status === 0xa801,
    'it does not know this app as a destination',
    'Have the AE title, address and port of this app’s receiver entered in the archive.',
  ],
  [
    (status) => status >> 8 === 0xa7,
    'it is out of resources',
    'Make room on the archive, or ask its operator.',
  ],
  [
    (status) => status >> 8 === 0xa9,
    'the data do not fit what was asked',
    'Ask the operator of the archive.',
  ],
  [
    (status) => status === 0x0122,
    'it does not support this kind of object',
    'Ask the operator of the archive to allow it.',
  ],
  [
    (status) => status === 0x0124,
    'it does not permit this',
    'Ask the operator of the archive for permission.',
  ],
  [(status) => status === 0xfe00, 'it was cancelled', 'Try again.'],
]

/** A status that is no success, with the archive's own words. */
export function statusFault({ status = 0xffff, comment }: Command, asked: string): LeptonError {
  const [, received, remedy] = meanings.find(([test]) => test(status)) ?? [
    null,
    'it failed',
    'Look into the log of the archive.',
  ]
  const code = `0x${status.toString(16).padStart(4, '0').toUpperCase()}`
  const words = comment ? `, “${comment.slice(0, 200)}”` : ''
  return new LeptonError(status === 0x0122 ? 'SOURCE_UNSUPPORTED' : 'SOURCE_FAILED', {
    expected: asked,
    received: `${received} (${code}${words})`,
    remedy,
  })
}
