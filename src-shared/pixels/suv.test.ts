import { describe, expect, test } from 'vitest'
import { type PetFacts, suvScaleOf } from './suv'

const hour = 3_600_000

/** 70 kg, 370 MBq of F-18 (half-life 6586.2 s), scanned after an hour. */
const facts: PetFacts = {
  units: 'BQML',
  corrected: ['DECY', 'ATTN', 'SCAT'],
  decayCorrection: 'START',
  suvType: null,
  weightKilograms: 70,
  doseBecquerel: 370e6,
  halfLifeSeconds: 6586.2,
  injected: 10 * hour,
  scanned: 11 * hour,
  countsToSuv: null,
  countsToActivity: null,
}

const factor = (change: Partial<PetFacts>) => suvScaleOf({ ...facts, ...change })

describe('SUV by body weight', () => {
  test('the dose decays until the scan', () => {
    // 370 MBq x exp(-ln 2 x 3600 / 6586.2) = 253.3 MBq
    expect(factor({})).toEqual({ factor: expect.closeTo(70_000 / 253.31e6, 8) })
  })

  test('an image corrected to the injection takes the whole dose', () => {
    expect(factor({ decayCorrection: 'ADMIN', injected: null })).toEqual({ factor: 70_000 / 370e6 })
  })

  test('counts by the factors of their maker', () => {
    expect(factor({ units: 'CNTS', countsToSuv: 0.25, countsToActivity: 2 })).toEqual({ factor: 0.25 })
    const [counts, activity] = [factor({ units: 'CNTS', countsToActivity: 2 }), factor({})]
    expect('factor' in counts && 'factor' in activity && counts.factor / activity.factor).toBe(2)
    expect(factor({ units: 'CNTS' })).toEqual({ missing: 'units' })
  })

  test('GML is SUV already, unless by something else than weight', () => {
    expect(factor({ units: 'GML', weightKilograms: null })).toEqual({ factor: 1 })
    expect(factor({ units: 'GML', suvType: 'LBM' })).toEqual({ missing: 'units' })
  })

  test.each([
    [{ units: 'PROPCPS' }, 'units'],
    [{ corrected: ['DECY'] }, 'attenuation'],
    [{ corrected: ['ATTN'] }, 'decay'],
    [{ decayCorrection: 'NONE' }, 'decay'],
    [{ weightKilograms: 0 }, 'weight'],
    [{ doseBecquerel: null }, 'dose'],
    [{ halfLifeSeconds: null }, 'halfLife'],
    [{ injected: null }, 'injection'],
    [{ injected: 12 * hour }, 'injection'],
    [{ scanned: null }, 'scan'],
  ] as const)('%o: says what is missing', (change, missing) => {
    expect(factor(change)).toEqual({ missing })
  })
})
