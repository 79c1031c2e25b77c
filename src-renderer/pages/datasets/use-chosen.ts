import { useState } from 'react'

/** A selection by id, with its two moves. */
export function useChosen() {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  return {
    ids,
    clear: () => setIds(new Set()),
    choose(some: readonly number[], selected: boolean) {
      const next = new Set(ids)
      for (const id of some) {
        if (selected) next.add(id)
        else next.delete(id)
      }
      setIds(next)
    },
  }
}
