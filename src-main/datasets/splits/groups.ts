/** Things that belong together, joined pair by pair. */
export class Groups {
  readonly #parents: number[]

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, i) => i)
  }

  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)]
    this.#parents[Math.max(first, second)] = Math.min(first, second)
  }

  /** The first of the group that a thing is in. */
  of(member: number): number {
    let root = member
    for (
      let parent = this.#parents[root];
      parent !== undefined && parent !== root;
      parent = this.#parents[root]
    ) {
      root = parent
    }
    this.#parents[member] = root
    return root
  }

  /** Joins all that share a name; null shares with nobody. */
  joinAll<T>(members: readonly T[], nameOf: (member: T) => string | null): void {
    const first = new Map<string, number>()
    members.forEach((member, i) => {
      const name = nameOf(member)
      if (name === null) return
      const known = first.get(name)
      if (known === undefined) first.set(name, i)
      else this.join(known, i)
    })
  }
}
