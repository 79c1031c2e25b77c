import { z } from 'zod'

/** Why a standardized uptake value cannot be told. */
export const suvGap = z.enum([
  'units',
  'attenuation',
  'decay',
  'weight',
  'dose',
  'halfLife',
  'injection',
  'scan',
])
export type SuvGap = z.infer<typeof suvGap>

/** What turns modality values of a PET image into SUV by body weight (g/ml), or why nothing does. */
export const suvScale = z.union([z.object({ factor: z.number().positive() }), z.object({ missing: suvGap })])
export type SuvScale = z.infer<typeof suvScale>

/** What a PET image says of its activity. Times are milliseconds on one clock. */
export interface PetFacts {
  /** Units (0054,1001): BQML, CNTS, GML, … */
  units: string | null
  /** Corrected Image (0028,0051). */
  corrected: readonly string[]
  /** Decay Correction (0054,1102): to the start of the scan, to the injection, or none. */
  decayCorrection: string | null
  /** SUV Type (0054,1006); body weight where absent. */
  suvType: string | null
  weightKilograms: number | null
  doseBecquerel: number | null
  halfLifeSeconds: number | null
  injected: number | null
  /** The moment to which the scan's decay is corrected. */
  scanned: number | null
  /** Philips' factors for counts: to SUV (7053,1000), to Bq/ml (7053,1009). */
  countsToSuv: number | null
  countsToActivity: number | null
}

/**
 * SUV by body weight, as the vendor-neutral pseudo-code of the QIBA FDG-PET/CT profile: activity x weight / injected
 * dose decayed to the scan.
 */
export function suvScaleOf(facts: PetFacts): SuvScale {
  if (facts.units === 'GML') {
    return facts.suvType === null || facts.suvType === 'BW' ? { factor: 1 } : { missing: 'units' }
  }
  if (facts.units === 'CNTS') {
    if (facts.countsToSuv !== null && facts.countsToSuv > 0) return { factor: facts.countsToSuv }
    if (facts.countsToActivity === null || !(facts.countsToActivity > 0)) return { missing: 'units' }
    return byActivity(facts, facts.countsToActivity)
  }
  return facts.units === 'BQML' ? byActivity(facts, 1) : { missing: 'units' }
}

function byActivity(facts: PetFacts, toActivity: number): SuvScale {
  const { corrected, weightKilograms, doseBecquerel } = facts
  if (!corrected.includes('ATTN')) return { missing: 'attenuation' }
  if (weightKilograms === null || !(weightKilograms > 0)) return { missing: 'weight' }
  if (doseBecquerel === null || !(doseBecquerel > 0)) return { missing: 'dose' }
  const left = partLeft(facts)
  if (typeof left === 'string') return { missing: left }
  return { factor: (toActivity * weightKilograms * 1000) / (doseBecquerel * left) }
}

/** Part of the dose that is left at the moment to which the image is corrected. */
function partLeft({
  corrected,
  decayCorrection,
  halfLifeSeconds,
  injected,
  scanned,
}: PetFacts): number | SuvGap {
  if (decayCorrection === 'ADMIN') return 1
  if (decayCorrection !== 'START' || !corrected.includes('DECY')) return 'decay'
  if (halfLifeSeconds === null || !(halfLifeSeconds > 0)) return 'halfLife'
  if (injected === null) return 'injection'
  if (scanned === null) return 'scan'
  const elapsed = scanned - injected
  if (elapsed < 0) return 'injection'
  return 2 ** (-elapsed / 1000 / halfLifeSeconds)
}
