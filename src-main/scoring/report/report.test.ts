import { describe, expect, it } from 'vitest'
import { csvLine } from '#shared/csv'
import { encodeRle } from '#shared/geometry/rle'
import { labelImage } from './label-image'
import { MaskNames } from './mask-names'
import type { ReportFinding, ReportItem } from './report-items'

const item = (change: Partial<ReportItem>): ReportItem => ({
  path: '/scans/a/1.dcm',
  root: '/scans',
  frame: 0,
  multiFrame: false,
  status: 'scored',
  sha256: null,
  studyUid: null,
  seriesUid: null,
  instanceUid: null,
  rows: 2,
  columns: 3,
  runId: 1,
  reason: null,
  warning: null,
  findings: [],
  classes: null,
  embedding: null,
  ...change,
})

describe('CSV', () => {
  it('quotes as RFC 4180 says', () => {
    expect(csvLine(['a', 1.5, null, 'b,c', 'say "x"', 'two\nlines'])).toBe(
      'a,1.5,,"b,c","say ""x""","two\nlines"\r\n',
    )
  })

  it('defuses texts that a spreadsheet would run, and leaves numbers alone', () => {
    expect(csvLine(['=1+1', '@x', '-2', -2])).toBe("'=1+1,'@x,'-2,-2\r\n")
  })
})

describe('mask names', () => {
  it('follow the file below its root', () => {
    const names = new MaskNames()
    expect(names.of(item({}))).toBe('masks/a/1.dcm.png')
    expect(names.of(item({ path: '/scans/cine.dcm', multiFrame: true, frame: 12 }))).toBe(
      'masks/cine.dcm_12.png',
    )
    expect(names.of(item({ path: '/one/b.png', root: '/one/b.png' }))).toBe('masks/b.png.png')
    expect(names.of(item({ path: '/z/s.zip!/in/1.dcm', root: '/z/s.zip' }))).toBe('masks/in/1.dcm.png')
    expect(names.of(item({ path: '/home/me/1.dcm', root: '' }))).toBe('masks/home/me/1.dcm.png')
    expect(names.of(item({ status: 'skipped' }))).toBeNull()
  })

  it('stay apart where two roots hold one name, in upper or lower case', () => {
    const names = new MaskNames()
    const first = item({ path: '/x/left/1.dcm', root: '/x/left' })
    const second = item({ path: '/x/right/1.DCM', root: '/x/right' })
    expect(names.of(first)).toBe('masks/1.dcm.png')
    expect(names.of(second)).toBe('masks/right/1.DCM.png')
    expect(names.of(first)).toBe('masks/1.dcm.png')
  })

  it('never lead out of the report’s folder', () => {
    const names = new MaskNames()
    expect(names.of(item({ path: '/z/s.zip!/../../etc/x', root: '/z/s.zip' }))).toBe('masks/etc/x.png')
    expect(names.of(item({ path: '/elsewhere/x', root: '/scans' }))).toBe('masks/elsewhere/x.png')
  })
})

describe('label images', () => {
  const region = (label: string, score: number, pixels: number[]): ReportFinding => ({
    label,
    score,
    box: null,
    areaPx: null,
    areaMm2: null,
    mask: encodeRle(pixels, 2, 3),
    lesionId: null,
  })

  it('hold the index of each label, the higher score on top, and zero elsewhere', () => {
    const findings = [region('a', 0.9, [1, 1, 0, 0, 0, 0]), region('b', 0.6, [0, 1, 1, 0, 0, 0])]
    const index = new Map([
      ['a', { index: 3 }],
      ['b', { index: 7 }],
    ])
    expect([...labelImage(item({ findings }), index)]).toEqual([3, 3, 7, 0, 0, 0])
    expect([...labelImage(item({}), index)]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
