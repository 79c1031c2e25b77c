import { describe, expect, it } from 'vitest'
import { draftManifest } from '#shared/contract/model-wizard'
import { installed } from '../testing/installed'
import { channelChoices, intensityChoices, outputChoices, sizeChoices } from './choices'

const { manifest } = installed({ id: 'any', version: '1.0.0', task: 'detection' })
const tensors = [
  { name: 'a', type: 'float', shape: [1, 100, 4] },
  { name: 'b', type: 'float', shape: [1, 100, 2] },
]

const whole = (change: object) => draftManifest.safeParse({ ...manifest, ...change }).success

describe('what a person may choose', () => {
  it('begins with values the format takes, for every way in', () => {
    const { input } = manifest
    for (const size of Object.values(sizeChoices({ rows: 240, columns: 320 }))) {
      expect(whole({ input: { ...input, size } }), size.policy).toBe(true)
    }
    for (const channels of Object.values(channelChoices)) {
      expect(whole({ input: { ...input, channels } }), channels.kind).toBe(true)
    }
    for (const intensity of Object.values(intensityChoices)) {
      expect(whole({ input: { ...input, intensity } }), intensity.kind).toBe(true)
    }
  })

  it('begins with values the format takes, for every decoding', () => {
    for (const output of Object.values(outputChoices(tensors, ['one'], { name: 'b' }))) {
      expect(whole({ outputs: [output] }), output.decode).toBe(true)
    }
  })

  it('keeps the size of the grid when only the way onto it changes', () => {
    expect(sizeChoices({ rows: 240, columns: 320 }).letterbox).toMatchObject({ rows: 240, columns: 320 })
  })
})
