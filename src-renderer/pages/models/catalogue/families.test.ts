import { describe, expect, it } from 'vitest'
import type { InstalledModel } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { installed } from '../testing/installed'
import { byTask, families, passes } from './families'

const shelf = (version: string, change: Partial<InstalledModel> = {}) =>
  installed({ id: 'shelf', version, task: 'detection' }, change)

describe('families of the catalogue', () => {
  it('lead with the version in use, else with the newest by number', () => {
    const [used] = families([shelf('1.9.0', { active: true }), shelf('1.10.0', { active: false })])
    expect(used?.shown.manifest.version).toBe('1.9.0')
    const [newest] = families([shelf('1.9.0', { active: false }), shelf('1.10.0', { active: false })])
    expect(newest?.shown.manifest.version).toBe('1.10.0')
    expect(newest?.versions).toHaveLength(2)
  })

  it('stand under their task, empty tasks left out', () => {
    const lesion = installed({ id: 'lesion', version: '1.0.0', task: 'segmentation' })
    const groups = byTask(families([shelf('1.0.0'), lesion]))
    expect(groups.map(({ task }) => task)).toEqual(['detection', 'segmentation'])
  })

  it('count a model for any picture in every domain that its modalities allow', () => {
    const [family] = families([shelf('1.0.0')])
    if (!family) throw new Error('no family')
    family.shown.manifest.fits.domain = 'any'
    expect(passes(family, { domain: 'medical' })).toBe(true)
    family.shown.manifest.fits.modalities = ['PHOTO']
    expect(passes(family, { domain: 'medical' })).toBe(false)
    expect(passes(family, { domain: 'retail' })).toBe(true)
    family.shown.manifest.fits.domain = 'retail'
    expect(passes(family, { domain: 'medical' })).toBe(false)
  })

  it('need attention when any version is broken or runs nowhere', () => {
    const fault = new LeptonError('MODEL_HASH_MISMATCH').toFault()
    const [broken] = families([shelf('1.0.0', { fault }), shelf('1.1.0', { active: true })])
    const [sound] = families([shelf('1.1.0', { active: true })])
    expect(broken && passes(broken, { state: 'attention' })).toBe(true)
    expect(sound && passes(sound, { state: 'attention' })).toBe(false)
  })
})
