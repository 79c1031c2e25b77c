import { useAnnotations } from '../state/annotations'
import { select } from '../state/hand'

/** Selects what findings were taken over as, as soon as it is there. */
export function selectWhenThere(findingIds: readonly number[]): void {
  const find = () =>
    [...useAnnotations.getState().byId.values()].find(
      ({ origin }) => typeof origin?.findingId === 'number' && findingIds.includes(origin.findingId),
    )
  const there = find()
  if (there) {
    select(there.objectId)
    return
  }
  const forget = useAnnotations.subscribe(() => {
    const one = find()
    if (!one) return
    forget()
    select(one.objectId)
  })
  // refused, or the server is away: no late surprise
  setTimeout(forget, 10_000)
}
