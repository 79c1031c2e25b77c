import { describe, expect, test } from 'vitest'
import { TextCleaner } from './clean-text'
import { shiftDate } from './dates'

describe('what is known of a patient', () => {
  const cleaner = new TextCleaner([
    'Doe^Jane Ann',
    'Wang^XiaoDong=王^小东=',
    'MRN-4711',
    '12345',
    'St. Elsewhere, Boston',
  ])

  test.each([
    ['Jane is here', '*** is here'],
    ['JANE DOE T1', '*** *** T1'],
    ['Doe Jane Ann', '***'],
    ['Janet stays', 'Janet stays'],
    ['ANNOTATED', 'ANNOTATED'],
    ['病人王小东复查', '病人***复查'],
    ['xMRN-4711y', 'x***y'],
    ['no 12345.', 'no ***.'],
    ['from St. Elsewhere, Boston', 'from ***'],
  ])('%s', (text, left) => {
    expect(cleaner.known(text)).toBe(left)
  })
})

test.each([
  ['seen 2024-02-29', 'seen ***'],
  ['seen 29.2.2024', 'seen ***'],
  ['3 Mar 2020', '***'],
  ['call +49 30 901820', 'call ***'],
  ['by Dr. Grey', 'by ***'],
  ['a.b@clinic.example', '***'],
  ['T1 axial 3.0 mm, TR 500', 'T1 axial 3.0 mm, TR 500'],
])('what looks like an identifier of anyone: %s', (text, left) => {
  expect(new TextCleaner([]).clean(text)).toBe(left)
})

test('more names than a header has are refused', () => {
  const names = Array.from({ length: 6000 }, (_, at) => `name${at}`)
  expect(() => new TextCleaner(names)).toThrow(/DICOM_INVALID/)
})

test.each([
  ['20240229', -1, '20240228'],
  ['2024.03.01', -1, '20240229'],
  ['20240101120000.5+0100', -366, '20221231120000.5+0100'],
  ['2024', -1, null],
  ['20249999', -1, null],
])('%s moves by %i days', (value, days, moved) => {
  expect(shiftDate(value, days)).toBe(moved)
})
