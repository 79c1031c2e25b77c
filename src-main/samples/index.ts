import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { completeFolder } from './complete-folder'
import { makeShelf, shelfNames } from './shelf/make-shelf'
import { thighOptions } from './thigh/options'
import { sliceFile, writeThigh } from './thigh/write'

export { makeThighVolume } from './thigh/volume'
export { makeShelf, writeThigh }

/** The phantoms that the app can open on its first run. */
export type SampleKind = 'thigh' | 'shelf'

/**
 * Makes a sample in `folder`, unless it is there already. Takes up to a few seconds the first time; leaves either
 * the whole sample or none of it. The same bytes on every computer.
 */
export async function makeSample(kind: SampleKind, folder: string): Promise<void> {
  if (kind === 'thigh') {
    const options = thighOptions.parse({})
    const names = Array.from({ length: options.slices }, (_, slice) => sliceFile(options, 0, slice))
    await completeFolder(folder, names, (draft) => writeThigh(draft))
  } else {
    await completeFolder(folder, shelfNames(), async (draft) => {
      for await (const { name, jpeg } of makeShelf()) await writeFile(join(draft, name), jpeg)
    })
  }
}
