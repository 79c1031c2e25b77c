import { readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readDataset } from '../read/objects'
import { segReader } from '../seg/read'

/** Files looked at for the segmentation of a report. */
const MOST_FILES = 2000
const HEAD = 1024

/**
 * Segmentations beside a report, in its folder or a folder `seg` next to it, by SOP Instance UID. Null where there is no
 * such object.
 */
export async function segmentationBeside(report: string, uid: string): Promise<string | null> {
  const folder = dirname(report)
  for (const place of [folder, join(folder, '..', 'seg')]) {
    for (const path of filesOf(place)) {
      if (path !== report && (await isSegmentation(path)) && readDataset(path).code(0x00080018) === uid)
        return path
    }
  }
  return null
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .slice(0, MOST_FILES)
      .map(({ name }) => join(folder, name))
  } catch {
    // there need not be such a folder
    return []
  }
}

async function isSegmentation(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0)
    return await segReader.knows(path, buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
