import { client } from '#renderer/app/api'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { put, useAnnotations } from '../state/annotations'
import { isPending } from './pending'

const pageSize = 500
/** Photographs are asked for by the hundred: those about the one on the screen, and the next ones. */
const windowSize = 100

/** What has been read of each study, so that it can be read again. */
interface Read {
  series: Set<number>
  images: Map<number, readonly number[]>
}

const reads = new Map<number, Read>()

const readOf = (studyId: number): Read => {
  const read = reads.get(studyId) ?? { series: new Set(), images: new Map() }
  reads.set(studyId, read)
  return read
}

/** Reads everything said of a series, and of the study. Answers the serial to follow changes from. */
export async function loadSeries(studyId: number, seriesId: number): Promise<number> {
  readOf(studyId).series.add(seriesId)
  const { serial, found } = await listSeries(studyId, seriesId)
  replace(found, (one) => one.studyId === studyId && (one.seriesId === seriesId || one.seriesId === null))
  return serial
}

async function listSeries(
  studyId: number,
  seriesId: number,
): Promise<{ serial: number; found: Annotation[] }> {
  const found: Annotation[] = []
  let serial = 0
  for (let offset = 0, total = 1; offset < total; offset += pageSize) {
    const page = await client.annotations.list({ studyId, seriesId, offset, limit: pageSize })
    if (offset === 0) serial = page.serial
    total = page.total
    found.push(...page.items)
  }
  return { serial, found }
}

/** Puts what was found in the place of what was known of the same things; what is not answered yet stays. */
function replace(found: readonly Annotation[], concerned: (one: Annotation) => boolean): void {
  const there = new Set(found.map(({ id }) => id))
  const known = [...useAnnotations.getState().byId.values()].filter(concerned)
  put(
    found.filter(({ id }) => !isPending(id)),
    known.map(({ id }) => id).filter((id) => !there.has(id) && !isPending(id)),
  )
}

/** Reads what is said of the photographs about a place in a long stack, unless that is known. */
export async function loadAbout(
  studyId: number,
  imageIds: readonly number[],
  at: number,
): Promise<number | null> {
  const { images } = readOf(studyId)
  let serial: number | null = null
  const here = Math.floor(at / windowSize)
  for (const part of [here, Math.floor((at + windowSize / 4) / windowSize)]) {
    const ids = imageIds.slice(part * windowSize, (part + 1) * windowSize)
    const first = ids[0]
    if (first === undefined || images.has(first)) continue
    images.set(first, ids)
    try {
      const answer = await client.annotations.ofImages({ studyId, imageIds: ids })
      serial ??= answer.serial
      put(answer.items)
    } catch (error) {
      images.delete(first)
      throw error
    }
  }
  return serial
}

/** What was read of photographs is read again when they are next looked at. */
export const forgetImages = (studyId: number) => readOf(studyId).images.clear()

/** Reads a study again, as far as it was read. */
export async function reload(studyId: number): Promise<void> {
  const { series, images } = readOf(studyId)
  const found: Annotation[] = []
  for (const seriesId of series) found.push(...(await listSeries(studyId, seriesId)).found)
  for (const imageIds of images.values()) {
    found.push(...(await client.annotations.ofImages({ studyId, imageIds: [...imageIds] })).items)
  }
  replace(found, (one) => one.studyId === studyId)
}
