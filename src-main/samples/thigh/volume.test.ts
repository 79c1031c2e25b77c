import { describe, expect, it } from 'vitest'
import { makeThighVolume } from './volume'

const small = { slices: 12, rows: 64, columns: 64 }

describe('makeThighVolume', () => {
  it('gives the same thigh for the same seed and another for another', () => {
    const first = makeThighVolume(small)
    expect(makeThighVolume(small)).toEqual(first)
    expect(makeThighVolume({ ...small, seed: 8 }).data).not.toEqual(first.data)
  })

  it('draws a mask of the volume that the shape has without any grid', () => {
    const { mask, pixel, spacing, tumourVolume } = makeThighVolume({ rows: 96, columns: 96 })
    const voxels = mask.reduce((sum, value) => sum + value, 0)
    expect(tumourVolume).toBeGreaterThan(40_000)
    expect(Math.abs((voxels * pixel * pixel * spacing) / tumourVolume - 1)).toBeLessThan(0.02)
  })

  it('puts the tumour where the options say', () => {
    const tumour = { x: 20, y: 30, z: -8, radius: 18 }
    const { mask, rows, columns, slices, pixel, spacing } = makeThighVolume({
      slices: 30,
      rows: 96,
      columns: 96,
      tumour,
    })
    let count = 0
    const sum = { x: 0, y: 0, z: 0 }
    mask.forEach((value, at) => {
      if (value === 0) return
      count++
      sum.x += at % columns
      sum.y += Math.floor(at / columns) % rows
      sum.z += Math.floor(at / (columns * rows))
    })
    const near = { x: 4, y: 4, z: 6 }
    expect(Math.abs((sum.x / count - (columns - 1) / 2) * pixel - tumour.x)).toBeLessThan(near.x)
    expect(Math.abs((sum.y / count - (rows - 1) / 2) * pixel - tumour.y)).toBeLessThan(near.y)
    expect(Math.abs((sum.z / count - (slices - 1) / 2) * spacing - tumour.z)).toBeLessThan(near.z)
  })

  it('makes a healthy thigh', () => {
    const { mask, tumourVolume } = makeThighVolume({ ...small, tumour: null })
    expect(mask.every((value) => value === 0)).toBe(true)
    expect(tumourVolume).toBe(0)
  })

  it('has the signal of T1: air, muscle and fat far apart, the tumour a little above muscle', () => {
    const { data, mask, rows, columns, slices } = makeThighVolume({ slices: 12, rows: 128, columns: 128 })
    const sorted = Uint16Array.from(data).sort()
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
    const [low, high] = [at(0.01), at(0.995)]
    const scaled = (value: number) => (value - low) / (high - low)
    const inTumour = data.filter((_, index) => mask[index] === 1)
    const mean = inTumour.reduce((sum, value) => sum + value, 0) / inTumour.length
    expect(scaled(mean)).toBeGreaterThan(0.24)
    expect(scaled(mean)).toBeLessThan(0.42)
    const corner = data.filter((_, index) => index % columns < 8 && Math.floor(index / columns) % rows < 8)
    expect(corner).toHaveLength(64 * slices)
    expect(Math.max(...corner.map(scaled))).toBeLessThan(0.1)
  })
})
