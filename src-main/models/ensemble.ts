import { createHash } from 'node:crypto'
import { LeptonError } from '#shared/domain/fault'
import { type EnsembleManifest, type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { needsSeries } from '#shared/domain/model-manifest/needs-series'
import { weightsHash } from '#shared/domain/model-manifest/weights-hash'
import { checkLabels } from './check/manifest-rules'
import { invalid } from './check/refuse'
import type { EnsemblePackage, FaultyPackage, ModelPackage } from './package'
import { usualPrecision } from './weights'

/** An ensemble with its members, or why it cannot be used. */
export function completed(
  { folder, ensemble, bundled, fault }: EnsemblePackage,
  installed: readonly ModelPackage[],
): ModelPackage | FaultyPackage {
  try {
    const members = membersOf(ensemble, installed)
    return { folder, manifest: composed(ensemble, members), bundled, fault, members }
  } catch (error) {
    if (error instanceof LeptonError) return { folder, bundled, fault: error.toFault() }
    throw error
  }
}

/**
 * The packages an ensemble is made of.
 * @throws MODEL_INVALID where one is named twice, is not installed, is an ensemble itself, or does another work
 */
function membersOf(ensemble: EnsembleManifest, installed: readonly ModelPackage[]): ModelPackage[] {
  checkLabels(ensemble)
  const names = ensemble.members.map(modelName)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw invalid('each member once', `${twice} twice`)
  return ensemble.members.map((named) => {
    const name = modelName(named)
    const member = installed.find(({ manifest }) => modelName(manifest) === name)
    if (!member) {
      throw new LeptonError('MODEL_INVALID', {
        expected: `the member ${name} of ${modelName(ensemble)}`,
        received: 'no such model here',
        remedy: `Install ${name} first.`,
      })
    }
    if (member.members) throw invalid('members that are networks', `${name}, an ensemble`)
    if (member.manifest.task !== ensemble.task) {
      throw invalid(
        `members whose task is ${ensemble.task}`,
        `${name}, whose task is ${member.manifest.task}`,
      )
    }
    const labels = member.manifest.labels.map(({ id }) => id)
    const missing = ensemble.labels.find(({ id }) => !labels.includes(id))
    if (missing) throw invalid(`the label ${missing.id} in every member`, `${name} without it`)
    return member
  })
}

/**
 * The ensemble as if it were one network: what to prepare and decode is its first member's (of those that look at a
 * whole series, if any does), its weights stand for those of all members.
 */
function composed({ members: named, rule, ...own }: EnsembleManifest, members: readonly ModelPackage[]) {
  const [first] = members
  if (!first) throw invalid('at least two members', 'none')
  const leading = members.find(({ manifest }) => needsSeries(manifest)) ?? first
  const weights = first.manifest.weights.map(({ precision }) => {
    const hashes = members.map(({ manifest }) => weightsHash(manifest, usualPrecision(manifest, precision)))
    return [precision, createHash('sha256').update(hashes.join('\n')).digest('hex')] as const
  })
  const manifest: ModelManifest = {
    ...own,
    input: leading.manifest.input,
    outputs: first.manifest.outputs,
    golden: first.manifest.golden,
    weights: first.manifest.weights,
    ensemble: { members: named, rule, weights: Object.fromEntries(weights) },
  }
  return manifest
}
