import { expect, it } from 'vitest'
import { resizeBilinear } from './bilinear'
import { cropPlanes, maskOf, tracedWindow, upsampleMap } from './probability'
import { seeded } from './testing'

it('a cropped map gives the same mask as the whole one at every threshold above a trace', () => {
  const random = seeded(4)
  for (let i = 0; i < 40; i++) {
    const [rows, columns] = [6 + Math.floor(random() * 9), 6 + Math.floor(random() * 9)]
    const planes = Uint8Array.from({ length: 2 * rows * columns }, (_, at) =>
      at % columns > 2 && at % columns < 5 && random() < 0.5
        ? Math.floor(random() * 256)
        : Math.floor(random() * 5),
    )
    const window = tracedWindow(planes, rows, columns)
    if (!window) continue
    const bytes = cropPlanes(planes, [rows, columns], window)
    const info = {
      rows: 31,
      columns: 29,
      mapRows: rows,
      mapColumns: columns,
      crop: window,
      labels: ['a', 'b'],
    }
    for (const label of [0, 1]) {
      const field = upsampleMap(info, bytes, label)
      const plane = planes.subarray(label * rows * columns, (label + 1) * rows * columns)
      const whole = resizeBilinear(plane, [rows, columns], [31, 29])
      for (const threshold of [0.02, 0.3, 0.5, 0.9]) {
        expect(maskOf(field, threshold)).toEqual(maskOf(whole, threshold))
      }
    }
  }
})

it('has no window where nothing rises above a trace', () => {
  expect(tracedWindow(new Uint8Array(12).fill(4), 3, 4)).toBeNull()
  expect(tracedWindow(Uint8Array.from([0, 0, 0, 0, 0, 5]), 2, 3)).toEqual([1, 0, 2, 2])
})
