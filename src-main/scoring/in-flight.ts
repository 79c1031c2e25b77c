/**
 * Works through `tasks` with enough of them under way that whoever does the work never waits for the next:
 * at least two, more while together they weigh less than `weight`, never more than `most`. The first failure
 * ends it: no further task is begun, and it is thrown once those under way have ended.
 */
export async function inFlight<T>(
  tasks: Iterable<T>,
  weigh: (task: T) => number,
  work: (task: T) => Promise<void>,
  { weight, most }: { weight: number; most: number },
): Promise<void> {
  const active = new Set<Promise<void>>()
  const failures: unknown[] = []
  let heavy = 0
  for (const task of tasks) {
    const own = weigh(task)
    while (active.size >= most || (active.size >= 2 && heavy + own > weight)) await Promise.race(active)
    if (failures.length > 0) break
    heavy += own
    const running: Promise<void> = work(task)
      .catch((error: unknown) => {
        failures.push(error)
      })
      .finally(() => {
        heavy -= own
        active.delete(running)
      })
    active.add(running)
  }
  await Promise.all(active)
  if (failures.length > 0) throw failures[0]
}
