import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnsembleManifest, ModelManifest } from '#shared/domain/model-manifest/index'

/** Writes an ensemble of models that answer alike; what it says of itself is what the first of them says. */
export function writeEnsemble(
  folder: string,
  members: readonly ModelManifest[],
  change: Partial<EnsembleManifest> = {},
): void {
  const [first] = members
  if (!first) throw new Error('an ensemble has members')
  const { input: _, outputs: _o, weights: _w, golden: _g, ...described } = first
  const manifest: EnsembleManifest = {
    ...described,
    id: 'both',
    files: {},
    members: members.map(({ id, version }) => ({ id, version })),
    rule: 'mean',
    ...change,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
}
