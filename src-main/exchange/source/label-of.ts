import { createHash } from 'node:crypto'
import type { KnownLabels } from '#shared/contract/models'
import type { LabelSchema, SchemaLabel } from '#shared/domain/annotation/label-schema'

/**
 * The labels of a set by key, in the order of their schemas: whole schemas as soon as one label of theirs is used, so
 * that numbers given by order stay the same from export to export; then labels known from models; then the rest.
 */
export function labelsOf(
  used: readonly string[],
  schemas: readonly LabelSchema[],
  models: readonly KnownLabels[],
): Map<string, SchemaLabel> {
  const wanted = new Set(used)
  const labels = new Map<string, SchemaLabel>()
  const add = (label: SchemaLabel) => labels.has(label.key) || labels.set(label.key, label)
  for (const schema of schemas) {
    if (schema.labels.some(({ key }) => wanted.has(key))) schema.labels.forEach(add)
  }
  for (const model of models) {
    for (const { id, name, colour, code } of model.labels) {
      if (wanted.has(id)) add({ ...plainLabel(id), name, colour: colour.toLowerCase(), code: code ?? null })
    }
  }
  for (const key of [...wanted].sort()) add(plainLabel(key))
  return labels
}

/** A label of which no more than its key is known. */
export function plainLabel(key: string): SchemaLabel {
  return {
    key,
    name: { en: key, zh: key },
    colour: colourFor(key),
    hotKey: null,
    code: null,
    tools: [],
    attributes: [],
  }
}

/** A strong colour that is always the same for a name. */
export function colourFor(name: string): string {
  const hue = (createHash('sha256').update(name).digest().readUInt16BE() / 65_536) * 6
  const channel = (offset: number) => {
    const distance = Math.abs(((hue + offset) % 6) - 3) - 1
    return Math.round(60 + 180 * Math.min(1, Math.max(0, distance)))
  }
  return `#${[0, 4, 2].map((offset) => channel(offset).toString(16).padStart(2, '0')).join('')}`
}
