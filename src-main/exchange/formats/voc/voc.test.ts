import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { annotationOf, forget, imageOf, readFileOf, roundTrip, writeSet } from '../testing/sets'
import { voc } from '.'

it('gives back boxes with attributes and flags', async () => {
  const box = annotationOf(
    'tea & "milk" <1>',
    { kind: 'box', box: [1.5, 2, 30.25, 20], angle: 0 },
    { attributes: { difficult: 1, size: 2, code: '007', brand: ['a', 'b'] } },
  )
  const { annotations, notices, failures } = await roundTrip(voc, [imageOf(1, [box])], 'Annotations/1.xml')
  expect([notices, failures]).toEqual([[], []])
  expect(annotations).toMatchObject([
    { label: { name: box.label }, shape: box.shape, attributes: box.attributes },
  ])
})

it('tells of what is no upright box', async () => {
  const written = await writeSet(voc, [
    imageOf(1, [
      annotationOf('tea', { kind: 'box', box: [10, 10, 30, 20], angle: 33 }),
      annotationOf('tea', {
        kind: 'polygon',
        parts: [
          [
            [
              [1, 1],
              [20, 1],
              [20, 30],
            ],
          ],
        ],
      }),
      annotationOf('tea', { kind: 'point', point: [3, 3] }),
      annotationOf('tea', { kind: 'box', box: [1, 1, 3, 2], angle: 0 }, { note: 'look' }),
    ]),
  ])
  forget(written)
  expect(written.notices).toEqual(['angle of tea', 'outline (polygon) of tea', 'point of tea', 'note of tea'])
})

it('refuses entities and reads on after wrong objects', async () => {
  const written = await writeSet(voc, [imageOf(1, [])])
  const path = join(written.folder, 'a.xml')
  const object = (box: string) => `<object><name>a</name><bndbox>${box}</bndbox></object>`
  const good = '<xmin>1</xmin><ymin>2</ymin><xmax>5</xmax><ymax>6</ymax>'
  writeFileSync(
    path,
    `<annotation><filename>1.jpg</filename>${object(good)}${object('<xmin>5</xmin><ymin>2</ymin><xmax>1</xmax><ymax>6</ymax>')}${object('<xmin>x</xmin>')}</annotation>`,
  )
  const { annotations, failures } = await readFileOf(voc, path, [imageOf(1, [])])
  expect([annotations.length, failures.length]).toEqual([1, 2])
  writeFileSync(path, `<!DOCTYPE a [<!ENTITY b "c">]><annotation><filename>1.jpg</filename></annotation>`)
  await expect(readFileOf(voc, path, [imageOf(1, [])])).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  forget(written)
})
