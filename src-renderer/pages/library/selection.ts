import { create } from 'zustand'

interface Selection {
  ids: ReadonlySet<number>
  /** Place in the list that a range starts from. */
  anchor: number | null
}

/** The studies chosen for the next action; outlives filters, sorts and a look into the viewer. */
export const useSelection = create<Selection>(() => ({ ids: new Set(), anchor: null }))

export const clearSelection = () => useSelection.setState({ ids: new Set(), anchor: null })

export function toggleSelected(id: number, index: number): void {
  const ids = new Set(useSelection.getState().ids)
  if (!ids.delete(id)) ids.add(id)
  useSelection.setState({ ids, anchor: index })
}

export function addToSelection(added: readonly number[], anchor: number | null = null): void {
  useSelection.setState((state) => ({
    ids: new Set([...state.ids, ...added]),
    anchor: anchor ?? state.anchor,
  }))
}
