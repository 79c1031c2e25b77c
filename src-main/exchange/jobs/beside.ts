import type { Beside } from '../types'

/** Work beside other work, by default two pieces at a time: the engine's threads do them. */
export function startBeside(atOnce = 2): Beside {
  const underWay = new Set<Promise<void>>()
  const room = async () => {
    while (underWay.size >= atOnce) await Promise.race(underWay)
  }
  return {
    async begin(work) {
      await room()
      const begun = work().finally(() => underWay.delete(begun))
      underWay.add(begun)
      await room()
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
