import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedData } from '#main/testing/shared-data'
import { encodeRle } from '#shared/geometry/rle'
import { ExchangeBench } from './testing/bench'
import { errorsOf } from './testing/dciodvfy'

const folder = sharedData('dicom-corpus')
/** Every so many files: a sample of every kind, quick enough for each run. */
const EVERY = Number(process.env.LEPTON_CORPUS_EVERY ?? 12)
const files = folder
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(json|md|txt)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .filter((_, at) => at % EVERY === 0)
      .map((path) => ({ name: basename(path), file: path }))
  : []

/** Faults of the images: they can only be referred to by the UIDs, classes and frames they have. */
const theirOwn = /Illegal root for UID|not multi-frame - attribute <ReferencedFrameNumber>/

describe.skipIf(!folder)('over images of many makers', () => {
  it.each(files)('$name', { timeout: 60_000 }, async ({ file }) => {
    const bench = await new ExchangeBench().open(file)
    try {
      if (bench.imageIds.length === 0) return
      const { rows, columns } = bench.library.library.header(bench.imageIds[0] ?? 0).instance
      const mask = encodeRle(new Uint8Array(rows * columns).fill(1, 0, columns + 1), rows, columns)
      bench.draw({ kind: 'mask', mask })
      bench.draw({
        kind: 'line',
        points: [
          [0, 0],
          [columns, rows],
        ],
      })
      const { job, problems, files: written } = await bench.export('seg', 'sr', 'sc')
      expect(job.state).toBe('done')
      if (problems.length > 0) {
        // only images that cannot be referred to, or not be shown, are left out, with a reason
        expect(problems.join()).toMatch(/INPUT_INVALID|PIXELS_CORRUPT|TRANSFER_SYNTAX_UNSUPPORTED/)
        return
      }
      for (const path of written) {
        const errors = errorsOf(path)?.filter((error) => !theirOwn.test(error)) ?? []
        expect([path.slice(bench.out.length), errors]).toEqual([path.slice(bench.out.length), []])
      }
      bench.undoAll('Ada Lovelace')
      await bench.import(...written.filter((path) => path.includes('SR.')))
      expect(
        bench
          .said()
          .map(({ shape }) => shape.kind)
          .sort(),
      ).toEqual(['line', 'mask'])
    } finally {
      await bench.close()
    }
  })
})
