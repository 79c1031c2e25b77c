import { callOf, isClassOutput } from '#shared/decoding/classes'
import { unitVector } from '#shared/decoding/embedding'
import type { ImageResult } from '../types'
import { meanOf } from '../work/answer'
import type { ScoredImage } from '../work/jobs'
import type { FindingRules } from '../work/session-model'
import { boxFindings } from './box-findings'
import { maskResult } from './mask-findings'

/** Everything a model says of an image, from what came of its views. */
export function resultOf(scored: ScoredImage, rules: FindingRules): ImageResult {
  const { image, answers } = scored
  const { index, sha256 } = image
  const masks = maskResult(scored, rules)
  return {
    index,
    status: 'scored',
    sha256,
    findings: [...masks.findings, ...boxFindings(scored, rules)],
    classes: rules.outputs.filter(isClassOutput).map((output, at) => {
      const values = meanOf(answers.flatMap(({ classes }) => classes[at] ?? []))
      return callOf(output, values, rules, rules.threshold)
    }),
    embedding: embeddingOf(scored),
    map: masks.map,
    milliseconds: answers.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  }
}

function embeddingOf({ answers }: ScoredImage): Float32Array | null {
  const vectors = answers.flatMap(({ embedding }) => embedding ?? [])
  return vectors.length > 1 ? unitVector(meanOf(vectors)) : (vectors[0] ?? null)
}
