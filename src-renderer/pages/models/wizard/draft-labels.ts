import { asJson, type Json, listAt, textAt, valueAt, withValue } from './json-path'

/** Colours told apart on grey and colour pictures alike; more labels than colours begin again. */
const palette = [
  '#ff7a59',
  '#4cc2ff',
  '#4fd18b',
  '#f2c14e',
  '#c792ea',
  '#ff7b86',
  '#5ad4e6',
  '#a3d65c',
  '#ffb3d1',
  '#b0bec5',
]

/** A label id from a name: lower case with hyphens; `label-n` where nothing of it is left. */
export function labelId(name: string, index: number): string {
  const id = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return id || `label-${index}`
}

const idOf = (label: Json) => textAt(label, 'id')

/** Every id of a manifest's labels, in their order. */
export const labelIds = (manifest: Json): string[] => listAt(manifest, 'labels').map(idOf)

/** Applies a change to each list of label ids in the outputs. */
function inOutputs(manifest: Json, change: (ids: Json[]) => Json[]): Json {
  const outputs = listAt(manifest, 'outputs').map((output) =>
    Array.isArray(valueAt(output, 'labels'))
      ? withValue(output, 'labels', change(listAt(output, 'labels')))
      : output,
  )
  return withValue(manifest, 'outputs', outputs)
}

/** Ids that an output reports beside its labels: the class-agnostic score. */
const agnostic = (manifest: Json): Set<string> =>
  new Set(listAt(manifest, 'outputs').map((output) => textAt(output, 'agnostic.label')))

/**
 * Gives a label another id, everywhere the manifest names it.
 * An id that another label has is refused: the manifest comes back as it was.
 */
export function renameLabel(manifest: Json, place: number, id: string): Json {
  const ids = labelIds(manifest)
  const before = ids[place]
  if (before === undefined || before === id || ids.includes(id)) return manifest
  const named = withValue(manifest, `labels.${place}.id`, id)
  const listed = inOutputs(named, (list) => list.map((one) => (one === before ? id : one)))
  const paths = listAt(listed, 'outputs').map((_, at) => `outputs.${at}.agnostic.label`)
  return [...paths, 'operatingPoint.label'].reduce(
    (next, path) => (valueAt(next, path) === before ? withValue(next, path, id) : next),
    listed,
  )
}

/** A label and its mentions in the outputs taken out; the others are numbered anew. */
export function removeLabel(manifest: Json, place: number): Json {
  const id = labelIds(manifest)[place]
  const labels = listAt(manifest, 'labels')
    .filter((_, at) => at !== place)
    .map((label, at) => withValue(label, 'index', at + 1))
  const rest = inOutputs(withValue(manifest, 'labels', labels), (list) => list.filter((one) => one !== id))
  return valueAt(rest, 'operatingPoint.label') === id
    ? withValue(rest, 'operatingPoint.label', undefined)
    : rest
}

/** Labels as a list names them, and the groups it puts them into. */
export interface LabelList {
  labels: Json[]
  groups: Json[]
}

/**
 * Labels of a list, one a line: `English`, `English, 中文` or `English, 中文, group, 分组`; empty lines left out, equal
 * ids told apart.
 */
export function readLabels(lines: string): LabelList {
  const seen = new Map<string, number>()
  const groups = new Map<string, Json>()
  const labels = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line, at) => {
      const [en = '', zh, group, groupZh] = line.split(/\s*[,，\t]\s*/)
      const base = labelId(en, at + 1)
      const times = (seen.get(base) ?? 0) + 1
      seen.set(base, times)
      const id = times === 1 ? base : `${base}-${times}`
      const colour = palette[at % palette.length]
      const label = asJson({ id, index: at + 1, name: { en, zh: zh || en }, colour })
      if (!group) return label
      const groupId = labelId(group, groups.size + 1)
      if (!groups.has(groupId))
        groups.set(groupId, asJson({ id: groupId, name: { en: group, zh: groupZh || group } }))
      return withValue(label, 'group', groupId)
    })
  return { labels, groups: [...groups.values()] }
}

/**
 * Other labels, and their groups, in place of those there are, in the order of the outputs' columns; a class-agnostic
 * one stays.
 */
export function replaceLabels(manifest: Json, { labels, groups }: LabelList): Json {
  const kept = agnostic(manifest)
  const staying = listAt(manifest, 'labels')
    .filter((label) => kept.has(idOf(label)))
    .map((label) => withValue(label, 'group', undefined))
  const all = [...labels, ...staying].map((label, at) => withValue(label, 'index', at + 1))
  const grouped = withValue(withValue(manifest, 'labels', all), 'groups', [...groups])
  const listed = inOutputs(grouped, () => labels.map(idOf))
  return withValue(listed, 'operatingPoint.label', undefined)
}

/** One more label at the end, known to every output that lists labels. */
export function addLabel(manifest: Json): Json {
  const ids = labelIds(manifest)
  let index = ids.length + 1
  while (ids.includes(`label-${index}`)) index += 1
  const id = `label-${index}`
  const name = `Label ${index}`
  const label = asJson({
    id,
    index: ids.length + 1,
    name: { en: name, zh: name },
    colour: palette[ids.length % palette.length],
  })
  const listed = withValue(manifest, 'labels', [...listAt(manifest, 'labels'), label])
  return inOutputs(listed, (list) => [...list, id])
}
