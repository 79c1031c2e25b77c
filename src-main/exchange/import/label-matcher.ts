import type { LabelSchema, SchemaLabel } from '#shared/domain/annotation/label-schema'
import { plainLabel } from '../source/label-of'
import type { ImportedLabel } from '../types'

/** Schema that labels are added to which no schema knows. */
export const IMPORTED_SCHEMA = 'imported'

/** Finds the label of the schemas that a file means, by code, then key, then name in either language. */
export class LabelMatcher {
  readonly #labels: SchemaLabel[]
  readonly #added = new Map<string, SchemaLabel>()

  constructor(schemas: readonly LabelSchema[]) {
    this.#labels = schemas.flatMap(({ labels }) => labels)
  }

  keyOf(wanted: ImportedLabel): string {
    const name = wanted.name.trim().toLowerCase()
    const same = ({ key, name: { en, zh } }: SchemaLabel) =>
      [key, en, zh].some((one) => one.trim().toLowerCase() === name)
    const known = [...this.#labels, ...this.#added.values()]
    const byCode = known.filter(
      ({ code }) => code !== null && code.scheme === wanted.code?.scheme && code.value === wanted.code.value,
    )
    const found = byCode.find(same) ?? known.find(same) ?? byCode[0]
    if (found) return found.key
    const label = newLabel(wanted, new Set(known.map(({ key }) => key)))
    this.#added.set(label.key, label)
    return label.key
  }

  /** Labels that no schema knew, made since the last call. */
  takeAdded(): SchemaLabel[] {
    const added = [...this.#added.values()]
    this.#labels.push(...added)
    this.#added.clear()
    return added
  }
}

function newLabel({ name, code, colour }: ImportedLabel, taken: ReadonlySet<string>): SchemaLabel {
  const text = name.trim() || code?.meaning || 'label'
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
  const stem = plain === '' ? 'label' : plain
  let key = stem
  for (let copy = 2; taken.has(key); copy++) key = `${stem}-${copy}`
  const valid = colour !== null && /^#[0-9a-f]{6}$/u.test(colour)
  return { ...plainLabel(key), name: { en: text, zh: text }, code, ...(valid ? { colour } : {}) }
}
