import { describe, expect, it } from 'vitest'
import { draftManifest } from '#shared/contract/model-wizard'
import { installed } from '../testing/installed'
import { asJson, withValue } from './json-path'
import { readDraft } from './problems'

const { manifest } = installed({ id: 'faces', version: '1.2.0', task: 'detection' })
const draft = asJson(draftManifest.parse(manifest))

describe('what keeps a draft from being a manifest', () => {
  it('is nothing for a whole one', () => {
    expect(readDraft(draft)).toMatchObject({ manifest: { id: 'faces' }, problems: new Map() })
  })

  it('is named by its path and kind', () => {
    const values = withValue(withValue(draft, 'id', 'No Spaces'), 'input.size.rows', undefined)
    const { manifest: read, problems } = readDraft(values)
    expect(read).toBeNull()
    expect(problems).toEqual(
      new Map([
        ['id', 'format'],
        ['input.size.rows', 'missing'],
      ]),
    )
  })

  it('lets a preview run while a text is missing, but tells of it', () => {
    const { manifest: read, problems } = readDraft(withValue(draft, 'licence', ' '))
    expect(read).not.toBeNull()
    expect([...problems]).toEqual([['licence', 'missing']])
  })
})
