import { createHash } from 'node:crypto'
import type { InstalledModel, KnownLabels } from '#shared/contract/models'
import { slugOf } from '#shared/domain/slug'

/** How a taught model is named in packages. */
export interface ModelName {
  id: string
  version: string
}

interface Known {
  installed: readonly InstalledModel[]
  /** Removed models as well: their results are kept under their names. */
  everKnown: readonly KnownLabels[]
  /** Whether a job is about to make this very model. */
  promised(name: ModelName): boolean
}

/**
 * The id from what the model is called, and version 1.0.0, or the next minor one where a taught model of that id is
 * or was installed. An id of a model that came from elsewhere is not taken.
 */
export function nextName(name: string, known: Known): ModelName {
  const slug = slugOf(name).slice(0, 55)
  const short = createHash('sha256').update(name).digest('hex').slice(0, 8)
  const wanted = slug.length >= 2 ? slug : `taught-${short}`
  let id = wanted
  for (let i = 2; isElsewhere(id, known); i++) id = `${wanted}-${i}`
  const versions = known.everKnown.flatMap(({ model }) => (model.id === id ? [model.version] : []))
  const used = versions.map((version) => version.split('.').map(Number))
  const major = Math.max(1, ...used.map(([first = 1]) => first))
  const minors = used.flatMap(([first, second = 0]) => (first === major ? [second] : []))
  let minor = Math.max(-1, ...minors) + 1
  while (known.promised({ id, version: `${major}.${minor}.0` })) minor++
  return { id, version: `${major}.${minor}.0` }
}

const isElsewhere = (id: string, { installed }: Known) =>
  installed.some(({ manifest }) => manifest.id === id && !manifest.taught)
