import { describe, expect, it } from 'vitest'
import { loadingOrder, Prefetcher } from './prefetch'

describe('loading order', () => {
  it('looks further ahead than behind', () => {
    expect(loadingOrder(5, 1, 10, 100)).toEqual([6, 7, 4, 8, 9, 3, 2, 1, 0])
    expect(loadingOrder(5, -1, 10, 6)).toEqual([4, 3, 6, 2, 1])
  })

  it('holds no more than it may', () => {
    expect(loadingOrder(0, 1, 1000, 4)).toEqual([1, 2, 3])
    expect(loadingOrder(0, 1, 1, 4)).toEqual([])
  })
})

describe('prefetcher', () => {
  it('loads every image once, few at a time, and goes on after a failure', async () => {
    const loaded: number[] = []
    let running = 0
    let mostAtOnce = 0
    const finished = Promise.withResolvers<void>()
    const prefetcher = new Prefetcher({
      count: 6,
      most: 100,
      parallel: 2,
      load: async (index) => {
        running += 1
        mostAtOnce = Math.max(mostAtOnce, running)
        await Promise.resolve()
        running -= 1
        loaded.push(index)
        if (loaded.length === 5) finished.resolve()
        if (index === 2) throw new Error('gone')
      },
    })
    prefetcher.aim(0, 1)
    prefetcher.aim(3, 1)
    await finished.promise
    expect(mostAtOnce).toBe(2)
    expect([...loaded].sort()).toEqual([...new Set(loaded)].sort())
  })

  it('stops when told', async () => {
    const loaded: number[] = []
    const prefetcher = new Prefetcher({
      count: 100,
      most: 100,
      parallel: 1,
      load: async (index) => loaded.push(index),
    })
    prefetcher.aim(0, 1)
    prefetcher.stop()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(loaded).toEqual([1])
  })
})
