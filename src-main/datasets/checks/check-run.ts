import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { JobContext } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import type { NearPictures } from '#main/similarity/near/near-pictures'
import { LeptonError } from '#shared/domain/fault'
import type { Member, Members } from '../members/members'
import { predictionsOf } from '../predictions'
import { nearPairs } from '../splits/near-pairs'
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
  near: NearPictures
}

export const checkRequest = z.object({ dataSetId: z.number().int() })

/** Pictures under way at once; the engine's threads do the work. */
const atOnce = 4

/** Measures what was not measured yet, then looks for everything that is wrong. Resumed, it goes on where it was. */
export async function runCheck(deps: CheckDeps, context: JobContext): Promise<void> {
  const { request, signal } = context
  const { dataSetId } = checkRequest.parse(request)
  const { question } = deps.sets.get(dataSetId)
  const members = deps.members.all(question, dataSetId).filter(({ excluded }) => excluded === 0)
  const without = deps.near.missing(members.map(({ imageId }) => imageId))
  const counts = { total: members.length + without.length, done: 0, failed: 0 }
  const unreadable = await measure(deps, members, context, counts)
  signal.throwIfAborted()
  await makeVectors(deps, without, unreadable, context, counts)
  signal.throwIfAborted()
  const annotations = deps.members.annotations(question, members)
  const known = deps.traits.of(members.map(({ imageId }) => imageId))
  const measured = members.flatMap((member) => {
    const traits = known.get(member.imageId)
    return traits ? [{ member, traits }] : []
  })
  const { pairs, compared } = await nearPairs(
    measured.map(({ member, traits }) => ({ imageId: member.imageId, ...traits })),
    deps.near,
    signal,
  )
  const found = [
    ...unreadable,
    ...sameFindings(measured),
    ...nearFindings(measured, pairs),
    ...pictureFaults(measured),
    ...geometryFindings(members),
    ...shapeFindings(members, annotations),
    ...labelDoubts(members, annotations, predictionsOf(deps.database, [...annotations.keys()])),
  ]
  deps.findings.replace(dataSetId, found, compared)
}

type Counts = Required<Pick<Parameters<JobContext['progress']>[0], 'total' | 'done' | 'failed'>>

/** Makes the vectors that are missing; a model that cannot run leaves the comparison to the hash, which is told. */
async function makeVectors(
  { near }: CheckDeps,
  without: readonly number[],
  unreadable: readonly Found[],
  { jobId, signal, progress }: JobContext,
  counts: Counts,
): Promise<void> {
  const lost = new Set(unreadable.map(({ imageId }) => imageId))
  const wanted = without.filter((imageId) => !lost.has(imageId))
  counts.total -= without.length - wanted.length
  const before = counts.done
  try {
    const ended = () => {
      counts.done++
      progress({ ...counts })
    }
    await near.make(jobId, wanted, { signal, ended })
  } catch (error) {
    if (!(error instanceof LeptonError) || error.code === 'CANCELLED') throw error
  }
  counts.done = before + wanted.length
  progress({ ...counts })
}

async function measure(
  { engine, library, traits }: CheckDeps,
  members: readonly Member[],
  { signal, progress }: JobContext,
  counts: Counts,
): Promise<Found[]> {
  const known = traits.of(members.map(({ imageId }) => imageId))
  const waiting = members.filter(({ imageId }) => !known.has(imageId))
  const unreadable: Found[] = []
  counts.done = members.length - waiting.length
  progress({ ...counts })
  const queue = waiting.values()
  const work = async () => {
    for (const { imageId } of queue) {
      if (signal.aborted) return
      try {
        traits.put(imageId, await engine.traits(library.imageSource(imageId), signal))
        counts.done++
      } catch (error) {
        if (signal.aborted) return
        unreadable.push({
          kind: 'unreadable',
          imageId,
          detail: error instanceof LeptonError ? error.code : 'INTERNAL',
        })
      }
      counts.failed = unreadable.length
      progress({ ...counts })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return unreadable
}
