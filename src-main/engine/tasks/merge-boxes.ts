import type { Candidate } from '#shared/decoding/candidate'
import { boxOf } from '#shared/decoding/carry'
import { isDetectingOutput, suppressionOf } from '#shared/decoding/detecting'
import { clusterBoxes, fusedOf } from '#shared/decoding/fusion'
import type { EnsembleRule } from '#shared/domain/model-manifest/index'
import type { EngineFinding } from '../types'
import type { FindingRules } from '../work/session-model'
import type { Scored } from './merge'

interface Found extends Candidate {
  finding: EngineFinding
}

/** Boxes of the detecting outputs fused by weight; voting keeps those that more than half of the members see. */
export function mergeBoxes(
  members: readonly Scored[],
  rule: EnsembleRule,
  rules: FindingRules,
): EngineFinding[] {
  return rules.outputs.filter(isDetectingOutput).flatMap((output) => {
    const labels = new Set<string>(output.labels)
    if (output.decode === 'boxes' && output.agnostic) labels.add(output.agnostic.label)
    const lists = members.map(({ findings }) =>
      findings.filter(({ label }) => labels.has(label)).flatMap(foundOf),
    )
    const least = output.threshold ?? rules.threshold
    return clusterBoxes(lists, suppressionOf(output).iou)
      .filter((cluster) => rule !== 'vote' || cluster.members.length > lists.length / 2)
      .map((cluster) => fusedOf(cluster, rule === 'vote' ? cluster.members.length : lists.length))
      .filter(({ score }) => score >= least)
      .sort((a, b) => b.score - a.score)
      .map(({ finding, score, box }) => ({ ...finding, score, meanProbability: score, box: boxOf(box) }))
  })
}

function foundOf(finding: EngineFinding): Found[] {
  const { label, score, box } = finding
  if (!box) return []
  const [x, y, width, height] = box
  return [{ label, score, box: [x, y, x + width, y + height], outline: null, finding }]
}
