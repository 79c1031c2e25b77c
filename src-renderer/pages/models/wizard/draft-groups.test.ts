import { expect, it } from 'vitest'
import { addGroup, groupIds, removeGroup, renameGroup } from './draft-groups'
import { asJson, listAt, valueAt } from './json-path'

const manifest = asJson({
  labels: [
    { id: 'gala', group: 'apple' },
    { id: 'fuji', group: 'apple' },
    { id: 'oat-milk', group: 'milk' },
  ],
  groups: [
    { id: 'apple', name: { en: 'Apple', zh: '苹果' } },
    { id: 'milk', name: { en: 'Milk', zh: '牛奶' } },
  ],
})
const belonging = (draft: typeof manifest) =>
  listAt(draft, 'labels').map((label) => valueAt(label, 'group') ?? null)

it('renames a group in its labels as well, never to an id that is taken', () => {
  const next = renameGroup(manifest, 0, 'Pome fruit')
  expect(groupIds(next)).toEqual(['pome-fruit', 'milk'])
  expect(belonging(next)).toEqual(['pome-fruit', 'pome-fruit', 'milk'])
  expect(renameGroup(manifest, 0, 'milk')).toBe(manifest)
  expect(renameGroup(manifest, 0, ' ')).toBe(manifest)
})

it('leaves the labels of a group that is taken out without one', () => {
  const next = removeGroup(manifest, 0)
  expect(groupIds(next)).toEqual(['milk'])
  expect(belonging(next)).toEqual([null, null, 'milk'])
})

it('adds groups under ids of their own, also to a draft that has none', () => {
  expect(groupIds(addGroup(addGroup(asJson({ labels: [] }))))).toEqual(['group-1', 'group-2'])
  expect(groupIds(addGroup(renameGroup(manifest, 1, 'group 3')))).toEqual(['apple', 'group-3', 'group-4'])
})
