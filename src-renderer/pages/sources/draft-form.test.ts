import { describe, expect, it } from 'vitest'
import { draftOf, formOf } from './draft-form'

describe('the form of an archive', () => {
  it('makes a DIMSE draft and reads it back', () => {
    const form = { ...formOf(null), name: 'ward', kind: 'dimse' as const, host: '10.0.0.7', calledAe: 'PACS' }
    const made = draftOf(form)
    if (!('draft' in made)) throw new Error('no draft')
    expect(made.draft.place).toMatchObject({
      host: '10.0.0.7',
      port: 104,
      calledAe: 'PACS',
      callingAe: 'LEPTON',
    })
    expect(formOf({ id: 1, name: 'ward', place: made.draft.place, secretKept: false })).toEqual(form)
  })

  it.each([
    ['url', { url: 'pacs.example/dicom-web' }],
    ['url', { url: 'https://me:word@pacs.example' }],
    ['header', { auth: 'header' as const, header: 'Host' }],
    ['user', { auth: 'basic' as const, user: 'a:b' }],
    ['port', { kind: 'dimse' as const, host: 'a', calledAe: 'A', port: '70000' }],
    ['calledAe', { kind: 'dimse' as const, host: 'a', calledAe: 'LONGER THAN SIXTEEN' }],
    ['host', { kind: 'dimse' as const, host: 'a b', calledAe: 'A' }],
    ['name', { name: ' ' }],
  ])('says that %s is wrong', (field, change) => {
    const form = { ...formOf(null), name: 'x', url: 'https://pacs.example/dicom-web', ...change }
    expect(draftOf(form)).toEqual({ wrong: new Set([field]) })
  })
})
