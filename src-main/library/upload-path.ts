import { LeptonError } from '#shared/domain/fault'

/**
 * Segments of the relative path of an uploaded file.
 * @throws PATH_REFUSED for absolute paths, steps upwards, and names that some system cannot hold.
 */
export function uploadPathOf(header: string): string[] {
  const path = decoded(header).normalize('NFC')
  const segments = path.split('/')
  const sound = segments.length <= 32 && path.length <= 1024 && segments.every(isSound)
  if (sound) return segments
  throw new LeptonError('PATH_REFUSED', {
    expected: 'a relative path of plain names',
    received: path.slice(0, 200),
    remedy: 'Rename the file.',
  })
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    return ''
  }
}

const isSound = (name: string) =>
  name !== '' &&
  name !== '.' &&
  name !== '..' &&
  Buffer.byteLength(name) <= 255 &&
  !/[\\:*?"<>|\p{Cc}]/u.test(name) &&
  !/[. ]$/.test(name)
