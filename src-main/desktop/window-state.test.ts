import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWindowState, writeWindowState } from './window-state'

const file = () => join(mkdtempSync(join(tmpdir(), 'lepton-window-')), 'window.json')
const fresh = { width: 1440, height: 900, maximized: false }

describe('window state', () => {
  it('is the default at the first start', () => {
    expect(readWindowState(file())).toEqual(fresh)
  })

  it('comes back as it was', () => {
    const place = file()
    const state = { x: -1200, y: 40, width: 1600, height: 1000, maximized: true }
    writeWindowState(place, state)
    expect(readWindowState(place)).toEqual(state)
  })

  it.each(['', '{', '[]', '{"width": "wide"}', '{"width": 3, "height": 900}'])(
    'survives a damaged file: %s',
    (text) => {
      const place = file()
      writeFileSync(place, text)
      expect(readWindowState(place)).toEqual(fresh)
    },
  )
})
