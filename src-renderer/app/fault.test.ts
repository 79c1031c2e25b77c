import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { asFault, faultFrom } from './fault'

describe('errors of calls', () => {
  it('keeps every part of a coded error', () => {
    const data = { code: 'DISK_FULL', expected: '1 GB', received: '3 MB', remedy: 'Make room.' }
    expect(faultFrom(new ORPCError('FAULT', { data }))).toEqual(data)
  })

  it('shows what is not coded as INTERNAL with its message', () => {
    expect(faultFrom(new TypeError('Failed to fetch'))).toEqual({
      code: 'INTERNAL',
      expected: '',
      received: 'Failed to fetch',
      remedy: '',
    })
    const foreign = faultFrom(new ORPCError('NOT_FOUND', { message: 'no such procedure' }))
    expect(foreign).toMatchObject({ code: 'INTERNAL', received: 'no such procedure' })
  })

  it('does not trust a code of another version', () => {
    expect(asFault({ code: 'FROM_THE_FUTURE', received: 7 })).toMatchObject({
      code: 'INTERNAL',
      received: '',
    })
  })
})
