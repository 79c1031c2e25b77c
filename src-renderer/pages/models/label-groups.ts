import type { ModelLabel, ModelManifest } from '#shared/domain/model-manifest/index'

type Group = ModelManifest['groups'][number]
type Told = Pick<ModelManifest, 'labels' | 'groups'>

/** Labels whose names, group, id or code hold every word of a search, in either language. */
export function matching({ labels, groups }: Told, search: string): ModelLabel[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return labels
  const groupName = new Map(groups.map(({ id, name }) => [id, `${name.en} ${name.zh}`]))
  return labels.filter((label) => {
    const { id, name, code, group } = label
    const told = [id, name.en, name.zh, code?.value, code?.meaning, group && groupName.get(group)]
    const text = told.filter(Boolean).join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Labels under their groups in the order of the groups; those without one first, under null. */
export function grouped(
  labels: readonly ModelLabel[],
  groups: readonly Group[],
): { group: Group | null; labels: ModelLabel[] }[] {
  const known = new Set(groups.map(({ id }) => id))
  const alone = labels.filter(({ group }) => group === undefined || !known.has(group))
  return [
    { group: null, labels: alone },
    ...groups.map((group) => ({ group, labels: labels.filter((label) => label.group === group.id) })),
  ].filter((one) => one.labels.length > 0)
}
