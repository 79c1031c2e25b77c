import { describe, expect, it } from 'vitest'
import type { ModelLabel } from '#shared/domain/model-manifest/index'
import { grouped, matching } from './label-groups'

const label = (id: string, en: string, zh: string, group?: string): ModelLabel => ({
  id,
  index: 1,
  name: { en, zh },
  colour: '#ffffff',
  ...(group ? { group } : {}),
})
const manifest = {
  labels: [
    label('golden-delicious', 'Golden Delicious', '金冠', 'apple'),
    label('oat-milk', 'Oat milk', '燕麦奶', 'milk'),
    label('granny-smith', 'Granny Smith', '青苹果', 'apple'),
    label('bag', 'Bag', '袋子'),
  ],
  groups: [
    { id: 'apple', name: { en: 'Apple', zh: '苹果' } },
    { id: 'milk', name: { en: 'Milk', zh: '奶' } },
  ],
}
const ids = (labels: readonly ModelLabel[]) => labels.map(({ id }) => id)

describe('labels of a model', () => {
  it('are found by group, name or id, in either language', () => {
    expect(ids(matching(manifest, 'apple'))).toEqual(['golden-delicious', 'granny-smith'])
    expect(ids(matching(manifest, '燕麦'))).toEqual(['oat-milk'])
    expect(ids(matching(manifest, 'apple SMITH'))).toEqual(['granny-smith'])
    expect(matching(manifest, ' ')).toHaveLength(4)
  })

  it('stand under their groups, those without one first', () => {
    const groups = grouped(manifest.labels, manifest.groups)
    expect(groups.map((one) => one.group?.id ?? null)).toEqual([null, 'apple', 'milk'])
    expect(ids(groups[1]?.labels ?? [])).toEqual(['golden-delicious', 'granny-smith'])
  })
})
