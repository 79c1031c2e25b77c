import type { EnsembleRule } from '#shared/domain/model-manifest/index'
import type { ImageResult } from '../types'
import type { FindingRules } from '../work/session-model'
import { mergeBoxes } from './merge-boxes'
import { mergeClasses } from './merge-classes'
import { mergeMaps } from './merge-maps'

export type Scored = Extract<ImageResult, { status: 'scored' }>

/**
 * One answer for an image from those of an ensemble's members, the first of which decides the order of labels.
 * Vectors of different networks cannot be compared, so an ensemble has none.
 */
export function mergeMembers(members: readonly Scored[], rule: EnsembleRule, rules: FindingRules): Scored {
  const [first] = members
  if (!first) throw new Error('an ensemble has members')
  const masks = mergeMaps(members, rule, rules)
  return {
    index: first.index,
    status: 'scored',
    sha256: first.sha256,
    findings: [...masks.findings, ...mergeBoxes(members, rule, rules)],
    classes: mergeClasses(members, rule, rules),
    embedding: null,
    map: masks.map,
    milliseconds: members.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  }
}
