import { describe, expect, it } from 'vitest'
import { asJson, valueAt, withValue } from './json-path'

describe('paths into a manifest', () => {
  const manifest = asJson({
    input: { size: { rows: 8 } },
    outputs: [{ name: 'a' }, { name: 'b' }],
    no: undefined,
  })

  it('read records and lists, and leave out what is undefined', () => {
    expect(valueAt(manifest, 'input.size.rows')).toBe(8)
    expect(valueAt(manifest, 'outputs.1.name')).toBe('b')
    expect(valueAt(manifest, 'outputs.5.name')).toBeUndefined()
    expect(manifest).not.toHaveProperty('no')
  })

  it('write a copy and leave the rest alone', () => {
    const next = withValue(manifest, 'outputs.0.nms.iou', 0.5)
    expect(valueAt(next, 'outputs.0')).toEqual({ name: 'a', nms: { iou: 0.5 } })
    expect(valueAt(manifest, 'outputs.0')).toEqual({ name: 'a' })
    expect(valueAt(next, 'outputs.1')).toEqual({ name: 'b' })
  })

  it('remove a value from a record and an entry from a list', () => {
    expect(withValue(manifest, 'input.size', undefined)).toMatchObject({ input: {} })
    expect(valueAt(withValue(manifest, 'outputs.0', undefined), 'outputs')).toEqual([{ name: 'b' }])
  })
})
