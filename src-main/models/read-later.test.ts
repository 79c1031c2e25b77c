import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { readLater } from './read-later'

it('reads once after a while, and survives packages that cannot be read', async () => {
  let read = 0
  const models = {
    refresh() {
      read += 1
      throw new Error('no such folder')
    },
  }
  readLater(models, 5)
  expect(read).toBe(0)
  await wait(50)
  expect(read).toBe(1)
})

it('reads nothing once it was called off', async () => {
  let read = 0
  const models = {
    refresh() {
      read += 1
    },
  }
  const callOff = readLater(models, 5)
  callOff()
  await wait(50)
  expect(read).toBe(0)
})
