import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sliceEncoder } from './dicom'
import { type ThighInput, type ThighOptions, thighOptions } from './options'
import { thighOf } from './tissue'
import { cleanSlice, storedSlice } from './volume'

/** Relative path of a slice: `IM0001.dcm`, below `series-0001/` where there are several series. */
export function sliceFile(options: ThighOptions, stream: number, slice: number): string {
  const number = (value: number) => String(value + 1).padStart(4, '0')
  const name = `IM${number(slice)}.dcm`
  return options.series === 1 ? name : join(`series-${number(stream)}`, name)
}

/**
 * Writes a phantom as DICOM into `folder`, slice after slice, so that memory stays that of one slice and the
 * process can do other things between two slices. Several series are repetitions of one acquisition.
 */
export async function writeThigh(folder: string, input: ThighInput = {}): Promise<void> {
  const options = thighOptions.parse(input)
  const encode = await sliceEncoder(options)
  const thigh = thighOf(options)
  for (let stream = 0; stream < options.series; stream++) {
    await mkdir(join(folder, sliceFile(options, stream, 0), '..'), { recursive: true })
  }
  for (let slice = 0; slice < options.slices; slice++) {
    const clean = cleanSlice(thigh, options, slice)
    for (let stream = 0; stream < options.series; stream++) {
      const stored = storedSlice(clean, options, slice, stream)
      await writeFile(join(folder, sliceFile(options, stream, slice)), encode(stored, { slice, stream }))
    }
  }
}
