import { expect, test } from 'vitest'
import { decodeText } from './character-set'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))

/** The examples of PS3.5, annexes H, I, J and K. */
test.each([
  [
    'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ['', 'ISO 2022 IR 87'],
    '59616d6164615e5461726f753d1b2442 3b334544 1b2842 5e 1b2442 42404f3a 1b2842 3d 1b2442 2464 245e 2440 1b2842 5e 1b2442 243f 246d 2426 1b2842',
  ],
  [
    'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    ['ISO 2022 IR 13', 'ISO 2022 IR 87'],
    'd4cfc0de5ec0dbb33d1b2442 3b334544 1b284a 5e 1b2442 42404f3a 1b284a 3d 1b2442 2464 245e 2440 1b284a 5e 1b2442 243f 246d 2426 1b284a',
  ],
  [
    'Hong^Gildong=洪^吉洞=홍^길동',
    ['', 'ISO 2022 IR 149'],
    '486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf',
  ],
  [
    'Zhang^XiaoDong=张^小东',
    ['', 'ISO 2022 IR 58'],
    '5a68616e675e5869616f446f6e673d1b242941d5c55e1b242941d0a1b6ab',
  ],
  ['Wang^XiaoDong=王^小东', ['GB18030'], '57616e675e5869616f446f6e673dcdf55ed0a1b6ab'],
  ['Wang^XiaoDong=王^小東', ['ISO_IR 192'], '57616e675e5869616f446f6e673de78e8b5ee5b08fe69db1'],
  ['Äneas^Rüdiger', ['ISO_IR 100'], 'c46e6561735e52fc6469676572'],
  ['Люкceмбypг', ['ISO_IR 144'], 'bbeeda6365dcd179 70d3'.replace(' ', '')],
  ['王', [], 'e78e8b'],
  ['é', [], 'e9'],
])('%s', (wanted, characterSets, bytes) => {
  expect(decodeText(hex(bytes), characterSets)).toBe(wanted)
})
