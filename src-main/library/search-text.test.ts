import { describe, expect, it } from 'vitest'
import { openDatabase } from '#main/database/open'
import { indexText, searchQuery } from './search-text'

const studies = [
  ['STS_005', 'Doe^Jane^^Dr', 'MR thigh w/ contrast'],
  ['王小明', 'Wang^XiaoMing=王^小明', '大腿 软组织肉瘤'],
  ['Núñez', 'García', 'Mamografía'],
  ['P-77', 'ヤマダ タロウ', '胸部CT'],
]

function find(typed: string): number[] {
  const database = openDatabase(':memory:')
  const insert = database.prepare('INSERT INTO study_search (rowid, text) VALUES (?, ?)')
  for (const [index, texts] of studies.entries()) insert.run(index, indexText(texts))
  const query = searchQuery(typed)
  if (query === null) return []
  return database
    .prepare<[string], number>('SELECT rowid FROM study_search WHERE study_search MATCH ? ORDER BY rowid')
    .pluck()
    .all(query)
}

describe('search', () => {
  it.each([
    ['sts_0', [0]],
    ['005', [0]],
    ['doe^ja', [0]],
    ['jane doe', [0]],
    ['contr thi', [0]],
    ['小明', [1]],
    ['肉瘤', [1]],
    ['软组织', [1]],
    ['瘤肉', []],
    ['王', [1]],
    ['xiaom', [1]],
    ['nunez', [2]],
    ['garcía mamog', [2]],
    ['山', []],
    ['タロ', [3]],
    ['胸部ct', [3]],
    ['ct', [3]],
    ['p-77', [3]],
    ['" OR text:* NEAR(', []],
  ])('finds %s', (typed, expected) => {
    expect(find(typed)).toEqual(expected)
  })

  it('takes what holds no word for no search', () => {
    expect(searchQuery(' -- ** "" ')).toBeNull()
  })
})
