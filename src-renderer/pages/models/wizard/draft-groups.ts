import { labelId } from './draft-labels'
import { asJson, type Json, listAt, textAt, valueAt, withValue } from './json-path'

/** Every id of a manifest's groups of labels, in their order. */
export const groupIds = (manifest: Json): string[] =>
  listAt(manifest, 'groups').map((group) => textAt(group, 'id'))

/** One more group at the end, under an id of its own; no label belongs to it yet. */
export function addGroup(manifest: Json): Json {
  const ids = groupIds(manifest)
  let number = ids.length + 1
  while (ids.includes(`group-${number}`)) number += 1
  const group = asJson({
    id: `group-${number}`,
    name: { en: `Group ${number}`, zh: `分组 ${number}` },
  })
  return withValue(manifest, 'groups', [...listAt(manifest, 'groups'), group])
}

/** Gives a group another id, in its labels as well; an id that another group has, or none, changes nothing. */
export function renameGroup(manifest: Json, place: number, typed: string): Json {
  const ids = groupIds(manifest)
  const before = ids[place]
  const id = labelId(typed, place + 1)
  if (before === undefined || typed.trim() === '' || before === id || ids.includes(id)) return manifest
  return inLabels(withValue(manifest, `groups.${place}.id`, id), before, id)
}

/** A group taken out; its labels belong to none. */
export function removeGroup(manifest: Json, place: number): Json {
  const id = groupIds(manifest)[place]
  if (id === undefined) return manifest
  const groups = listAt(manifest, 'groups').filter((_, at) => at !== place)
  return inLabels(withValue(manifest, 'groups', groups), id, undefined)
}

function inLabels(manifest: Json, before: string, after: string | undefined): Json {
  const labels = listAt(manifest, 'labels').map((label) =>
    valueAt(label, 'group') === before ? withValue(label, 'group', after) : label,
  )
  return withValue(manifest, 'labels', labels)
}
