import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExchangeBench } from '../dicom/testing/bench'
import { fontFor } from './fonts'

describe('a report', () => {
  const bench = new ExchangeBench()
  const folder = join(bench.out, 'report')
  const file = (end: string) => {
    const name = readdirSync(folder).find((one) => one.endsWith(end))
    return readFileSync(join(folder, name ?? 'none'))
  }

  beforeAll(async () => {
    await bench.open()
    bench.draw({ kind: 'box', box: [4, 4, 10, 8], angle: 0 }, { at: 1, note: '<script>alert(1)</script>' })
    bench.draw({
      kind: 'line',
      points: [
        [1, 1],
        [11, 1],
      ],
    })
    bench.draw({ kind: 'tag' }, { imageId: null, seriesId: null, note: 'motion' })
    const { jobId } = bench.exchange.export({
      target: { kind: 'studies', studyIds: [bench.studyId] },
      formats: ['report'],
      folder: bench.out,
      language: 'en',
    })
    await bench.library.jobs.settled(jobId)
  }, 60_000)
  afterAll(() => bench.close())

  it('is a page of its own with pictures, measures, and text that stays text', () => {
    const page = file('.html').toString('utf8')
    expect(page.match(/data:image\/jpeg;base64/g)).toHaveLength(2)
    expect(page).toMatch(/<th>Length<\/th><td>[\d.]+ mm<\/td>/)
    expect(page).toContain('drawn, Ada Lovelace')
    expect(page).toContain('motion')
    expect(page).not.toContain('<script')
    expect(page).toContain('Not a certified medical device')
  })

  it('is a PDF as well', () => {
    const pdf = file('.pdf')
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(pdf.toString('latin1')).toContain('/Subtype /Image')
  })
})

it('takes the reader’s own fonts for Latin, one of this computer for other scripts, and says if there is none', () => {
  expect(fontFor('Größe 3 µm – “ok”', () => false)).toBeNull()
  expect(fontFor('体积', () => true)).not.toBeNull()
  expect(() => fontFor('体积', () => false)).toThrow('Noto Sans CJK')
})
