import { beforeAll, describe, expect, it, vi } from 'vitest'

vi.stubGlobal('navigator', { platform: 'Linux x86_64' })

type Shortcuts = typeof import('./shortcuts')
let shortcuts: Shortcuts
beforeAll(async () => {
  shortcuts = await import('./shortcuts')
})

const press = (event: Partial<KeyboardEvent>) =>
  shortcuts.pressed({
    code: '',
    key: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...event,
  } as KeyboardEvent)

describe('names of pressed keys', () => {
  it.each([
    ['v', { key: 'v', code: 'KeyV' }],
    ['?', { key: '?', code: 'Slash', shiftKey: true }],
    ['Shift+V', { key: 'V', code: 'KeyV', shiftKey: true }],
    ['Mod+A', { key: 'a', code: 'KeyA', ctrlKey: true }],
    ['Shift+ArrowUp', { key: 'ArrowUp', code: 'ArrowUp', shiftKey: true }],
    ['Alt+2', { key: '2', code: 'Digit2', altKey: true }],
    ['Space', { key: ' ', code: 'Space' }],
  ] as const)('%s', (name, event) => {
    expect(press(event)).toBe(name)
  })

  it('reads the key itself while a Chinese input method holds the keyboard', () => {
    expect(press({ key: 'Process', code: 'KeyS' })).toBe('s')
  })
})

describe('keys as printed', () => {
  it('takes a chord apart', () => {
    expect(shortcuts.keyFaces('Mod+A')).toEqual(['Ctrl', 'A'])
    expect(shortcuts.keyFaces('+')).toEqual(['+'])
    expect(shortcuts.keyFaces('Shift+ArrowUp')).toEqual(['Shift', '↑'])
  })
})
