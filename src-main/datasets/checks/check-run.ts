import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { JobContext } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import { LeptonError } from '#shared/domain/fault'
import type { Member, Members } from '../members/members'
import { predictionsOf } from '../predictions'
import { nearPairs } from '../splits/likeness'
import type { SetStore } from '../store'
import type { FindingStore } from './finding-store'
import { geometryFindings } from './geometry-findings'
import { labelDoubts } from './label-doubts'
import { type Found, nearFindings, pictureFaults, sameFindings } from './pixel-findings'
import { shapeFindings } from './shape-findings'
import type { TraitStore } from './trait-store'

export interface CheckDeps {
  database: Database
  engine: Pick<Engine, 'traits'>
  library: Pick<Library, 'imageSource'>
  sets: SetStore
  members: Members
  traits: TraitStore
  findings: FindingStore
}

export const checkRequest = z.object({ dataSetId: z.number().int() })

/** Pictures under way at once; the engine's threads do the work. */
const atOnce = 4

/** Measures what was not measured yet, then looks for everything that is wrong. Resumed, it goes on where it was. */
export async function runCheck(deps: CheckDeps, { request, signal, progress }: JobContext): Promise<void> {
  const { dataSetId } = checkRequest.parse(request)
  const { question } = deps.sets.get(dataSetId)
  const members = deps.members.all(question, dataSetId).filter(({ excluded }) => excluded === 0)
  const unreadable = await measure(deps, members, signal, progress)
  signal.throwIfAborted()
  const annotations = deps.members.annotations(question, members)
  const known = deps.traits.of(members.map(({ imageId }) => imageId))
  const measured = members.flatMap((member) => {
    const traits = known.get(member.imageId)
    return traits ? [{ member, traits }] : []
  })
  const pairs = await nearPairs(
    measured.map(({ member, traits }) => ({ imageId: member.imageId, ...traits })),
    { signal },
  )
  deps.findings.replace(dataSetId, [
    ...unreadable,
    ...sameFindings(measured),
    ...nearFindings(measured, pairs),
    ...pictureFaults(measured),
    ...geometryFindings(members),
    ...shapeFindings(members, annotations),
    ...labelDoubts(members, annotations, predictionsOf(deps.database, [...annotations.keys()])),
  ])
}

async function measure(
  { engine, library, traits }: CheckDeps,
  members: readonly Member[],
  signal: AbortSignal,
  progress: JobContext['progress'],
): Promise<Found[]> {
  const known = traits.of(members.map(({ imageId }) => imageId))
  const waiting = members.filter(({ imageId }) => !known.has(imageId))
  const unreadable: Found[] = []
  let done = members.length - waiting.length
  progress({ total: members.length, done, failed: 0 })
  const queue = waiting.values()
  const work = async () => {
    for (const { imageId } of queue) {
      if (signal.aborted) return
      try {
        traits.put(imageId, await engine.traits(library.imageSource(imageId), signal))
        done++
      } catch (error) {
        if (signal.aborted) return
        unreadable.push({
          kind: 'unreadable',
          imageId,
          detail: error instanceof LeptonError ? error.code : 'INTERNAL',
        })
      }
      progress({ done, failed: unreadable.length })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return unreadable
}
