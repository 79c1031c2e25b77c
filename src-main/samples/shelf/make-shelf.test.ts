import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue'
import { makeShelf, type ShelfPhotograph } from './make-shelf'

const small = { photographs: 2, width: 400, height: 300 }

async function all(input: Parameters<typeof makeShelf>[0]): Promise<ShelfPhotograph[]> {
  const photographs: ShelfPhotograph[] = []
  for await (const photograph of makeShelf(input)) photographs.push(photograph)
  return photographs
}

describe('makeShelf', () => {
  it('draws the same photographs for the same seed and others for another', async () => {
    const first = await all(small)
    expect(first.map(({ name }) => name)).toEqual(['shelf-01.jpg', 'shelf-02.jpg'])
    expect(await all(small)).toEqual(first)
    expect((await all({ ...small, seed: 12 }))[0]?.jpeg).not.toEqual(first[0]?.jpeg)
  })

  it('says in every file that it is a phantom', async () => {
    for (const { jpeg } of await all(small)) {
      const { width, height, format, exif } = await new Transformer(jpeg).metadata(true)
      expect([width, height, format]).toEqual([400, 300, 'jpeg'])
      expect(Object.values(exif ?? {}).join()).toMatch(/PHANTOM: product shelf/)
    }
  })

  it('boxes what can be seen, inside the picture, with products of the catalogue', async () => {
    const skus = new Set(catalogue.map(({ sku }) => sku))
    for (const { items } of await all(small)) {
      expect(items.length).toBeGreaterThan(8)
      for (const { sku, box, visible } of items) {
        const [x, y, width, height] = box
        expect(skus).toContain(sku)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(width).toBeGreaterThan(3)
        expect(x + width).toBeLessThanOrEqual(small.width)
        expect(y + height).toBeLessThanOrEqual(small.height)
        expect(visible).toBeGreaterThanOrEqual(0.3)
      }
    }
  })
})
