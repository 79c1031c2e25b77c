import { expect, it } from 'vitest'
import { splitRecipe } from '#shared/domain/data-set/split'
import { assignParts, type SplitItem } from './assign'
import { leaksOf } from './leaks'
import { pairsByHash } from './likeness'

const three = [
  { name: 'train', share: 70 },
  { name: 'val', share: 15 },
  { name: 'test', share: 15 },
]
/** 40 patients with 1 to 12 pictures, every tenth with a rare label. */
const items: SplitItem[] = Array.from({ length: 40 }, (_, group) => group).flatMap((group) =>
  Array.from({ length: 1 + ((group * 7) % 12) }, (_, i) => ({
    imageId: group * 100 + i,
    key: `${group}-${i}`,
    group,
    labels: group % 10 === 0 ? ['rare'] : group % 3 === 0 ? ['benign'] : ['malignant'],
  })),
)
const counts = (parts: ReadonlyMap<number, string>, label?: string) =>
  Object.fromEntries(
    three.map(({ name }) => [
      name,
      items.filter(({ imageId, labels }) => parts.get(imageId) === name && (!label || labels.includes(label)))
        .length,
    ]),
  )

it('keeps groups whole, parts near their shares, and labels in all parts', () => {
  const parts = assignParts(items, splitRecipe.parse({ parts: three }))
  for (const own of Map.groupBy(items, ({ group }) => group).values()) {
    expect(new Set(own.map(({ imageId }) => parts.get(imageId))).size).toBe(1)
  }
  const all = counts(parts)
  expect(Math.abs((all.train ?? 0) / items.length - 0.7)).toBeLessThan(0.06)
  expect(Math.abs((all.test ?? 0) / items.length - 0.15)).toBeLessThan(0.06)
  for (const label of ['benign', 'malignant'])
    expect(Math.min(...Object.values(counts(parts, label)))).toBeGreaterThan(5)
  expect(Math.min(...Object.values(counts(parts, 'rare')))).toBeGreaterThan(0)
})

it('gives the same parts for the same seed whatever the order, and others for another', () => {
  const recipe = splitRecipe.parse({ parts: { folds: 5 }, seed: 7 })
  const first = assignParts(items, recipe)
  expect(new Map([...assignParts(items.toReversed(), recipe)].sort())).toEqual(new Map([...first].sort()))
  const other = assignParts(items, { ...recipe, seed: 8 })
  expect(items.some(({ imageId }) => other.get(imageId) !== first.get(imageId))).toBe(true)
  expect(new Set(first.values()).size).toBe(5)
})

it('tells of subjects, pixels and near duplicates in two parts', () => {
  const image = (imageId: number, part: string, subject: string, ...hashes: string[]) => ({
    imageId,
    part,
    subject,
    hashes,
    measured: true,
  })
  const [a, b, c, d, e] = [
    image(1, 'train', 'p1', 'f1', 'x'),
    image(2, 'test', 'p1', 'f2', 'y'),
    image(3, 'test', 'p2', 'f1', 'x'),
    image(4, 'train', 'p3', 'f4', 'z'),
    { ...image(5, 'test', 'p4', 'f5', 'w'), measured: false },
  ] as const
  const report = leaksOf(
    [a, b, c, d, e],
    [
      { a, b: c, likeness: 1, cosine: 1 },
      { a: d, b: e, likeness: 0.95, cosine: null },
      { a, b: d, likeness: 0.95, cosine: 0.99 },
    ],
    { pictures: 5, vectors: null, byHashAlone: 5 },
  )
  expect(report).toMatchObject({ subjects: 1, pixels: 1, nearDuplicates: 1, unmeasured: 1 })
  expect(report.examples.map(({ places }) => places.map(({ imageId }) => imageId))).toEqual([
    [1, 2],
    [1, 3],
    [4, 5],
  ])
})

it('finds pairs by differing bits, but for pictures without contrast', async () => {
  const bits = (...set: number[]) => {
    const likeness = new Uint8Array(32)
    for (const bit of set) likeness[bit >> 3] = (likeness[bit >> 3] ?? 0) | (1 << (bit & 7))
    return likeness
  }
  const picture = (likeness: Uint8Array, contrast = 40) => ({ imageId: 0, likeness, contrast })
  const far = bits(...Array.from({ length: 60 }, (_, i) => i * 4))
  const pairs = await pairsByHash([picture(bits(1, 255)), picture(bits(2)), picture(far), picture(bits(), 0)])
  expect(pairs).toEqual([{ a: 0, b: 1, likeness: 1 - 3 / 256 }])
})
