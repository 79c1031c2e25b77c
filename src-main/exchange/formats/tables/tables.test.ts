import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { encodeRle } from '#shared/geometry/rle'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { csv } from './csv'
import { parquet } from './parquet'
import { parseCsv } from './parse-csv'

const mask = encodeRle(
  Array.from({ length: 4800 }, (_, i) => (i % 80 > 20 && i > 800 ? 1 : 0)),
  60,
  80,
)
const annotations = [
  annotationOf(
    'tea',
    { kind: 'box', box: [1.5, 2, 30, 20.25], angle: 12 },
    { note: '=1+1, "so"\n', attributes: { size: 2, brand: ['a', 'b'] } },
  ),
  annotationOf('茶', { kind: 'mask', mask }),
  annotationOf('tea', { kind: 'tag' }),
  annotationOf('tea', {
    kind: 'angle',
    points: [
      [1, 2],
      [3, 4],
      [5, 7],
    ],
  }),
]

it.each([
  [csv, 'annotations.csv'],
  [parquet, 'annotations.parquet'],
])('gives back every annotation from a table', async (format, file) => {
  const { annotations: read, failures } = await roundTrip(
    format,
    [imageOf(1, annotations), imageOf(2, [])],
    file,
  )
  expect(failures).toEqual([])
  expect(read).toMatchObject(
    annotations.map(({ label, shape, note, attributes, objectId, reader }) => ({
      label: { name: label },
      shape,
      note,
      attributes,
      object: objectId,
      reader,
    })),
  )
})

it('parses cells of RFC 4180', () => {
  expect(parseCsv('a,"b ""c""\r\n",\r\n,"\'-1",x\n')).toEqual([
    ['a', 'b "c"\r\n', ''],
    ['', '-1', 'x'],
  ])
})

it('reads on after lines that are wrong, and refuses what is no Parquet', async () => {
  const written = await writeSet(csv, [imageOf(1, [])])
  const path = join(written.folder, 'a.csv')
  writeFileSync(
    path,
    'image,sha256,label,shape\n1.jpg,,a,"{""kind"":""tag""}"\n1.jpg,,a,{\ngone.jpg,,a,"{""kind"":""tag""}"\n1.jpg,,,\n',
  )
  expect(await readFileOf(csv, path, [imageOf(1, [])])).toMatchObject({
    annotations: [{ label: { name: 'a' } }],
    failures: ['line 3: INPUT_INVALID', 'line 4: NOT_FOUND'],
  })
  writeFileSync(path, 'PAR1 and nothing else PAR1')
  await expect(readFileOf(parquet, path, [])).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  forget(written)
})
