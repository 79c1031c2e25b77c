import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import { startLepton } from '../fixtures/command'
import { temporaryFolder } from '../fixtures/paths'

const kills = 20

interface Served {
  child: ChildProcess
  ask: (path: string, body?: unknown) => Promise<unknown>
}

/** A server on a library that is there already. */
async function serve(dataFolder: string): Promise<Served> {
  const child = startLepton(['serve', '--port', '0', '--data', dataFolder])
  const address = await new Promise<URL>((resolve, reject) => {
    let seen = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString()
      const match = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(seen)
      if (match) resolve(new URL(match[0]))
    })
    child.on('exit', (code) => reject(new Error(`lepton serve ended with ${code}: ${seen}`)))
  })
  const token = address.searchParams.get('token') ?? ''
  return {
    child,
    async ask(path, body) {
      const answer = await fetch(new URL(`/api${path}`, address.origin), {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
  }
}

interface Stored {
  id: string
  revision: number
  note: string
}

interface Answer {
  annotations: Stored[]
}

/** What may be stored of each annotation: what was answered last, and what was on its way when the server died. */
const answered = new Map<string, string>()
const underWay = new Map<string, string>()

async function kill({ child }: Served): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('what was answered survives twenty SIGKILLs at random moments, and the library stays sound', async () => {
  test.setTimeout(300_000)
  const dataFolder = temporaryFolder('killed')
  let server = await serve(dataFolder)
  const { studyId, seriesId, image } = await takeSample(server)
  const one = (id: string, note: string, revision: number) => ({
    id,
    studyId,
    seriesId,
    imageId: image.id,
    objectId: id,
    reader: 'Ada',
    label: 'lesion',
    shape: {
      kind: 'mask',
      mask: { rows: image.rows, columns: image.columns, runs: runsOf(image, note.length) },
    },
    attributes: {},
    state: 'drawn',
    origin: null,
    note,
    revision,
    createdAt: '',
    updatedAt: '',
  })
  let count = 0
  let acted = 0

  /** Draws two at once, then changes both, again and again, until the server is gone. */
  const work = async (to: Served) => {
    for (;;) {
      const ids = [crypto.randomUUID(), crypto.randomUUID()]
      let before: unknown[] = ids.map(() => null)
      for (let revision = 1; revision <= 4; revision += 1) {
        count += 1
        const note = `${count}`
        const changes = ids.map((id, at) => ({ before: before[at] ?? null, after: one(id, note, revision) }))
        for (const id of ids) underWay.set(id, note)
        const action = {
          id: crypto.randomUUID(),
          studyId,
          reader: 'Ada',
          kind: revision === 1 ? 'draw' : 'edit',
          changes,
        }
        const answer = (await to.ask('/annotations/actions', action)) as Answer
        for (const id of ids) {
          answered.set(id, note)
          underWay.delete(id)
        }
        before = ids.map((id) => answer.annotations.find((each) => each.id === id) ?? null)
        acted += 1
      }
    }
  }

  for (let round = 0; round < kills; round += 1) {
    const stopped = Promise.allSettled([work(server), work(server)])
    const before = acted
    await expect.poll(() => acted, { intervals: [5] }).toBeGreaterThan(before)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 400))
    await kill(server)
    for (const { status, reason } of (await stopped) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected')
      expect(String(reason), 'only the death of the server ends the work').toMatch(/fetch failed|terminated/)
    }
    checkFile(join(dataFolder, 'library.sqlite'))
    server = await serve(dataFolder)
    await check(server, studyId)
  }
  expect(acted, 'there was work to lose').toBeGreaterThan(kills)
  console.log(`${acted} actions answered over ${kills} kills, ${answered.size} annotations, none lost`)
  await kill(server)
  rmSync(dataFolder, { recursive: true, force: true })
})

/** Takes the phantom in. */
async function takeSample(server: Served) {
  await server.ask('/library/sample', { sample: 'thigh' })
  let studyId = 0
  await expect
    .poll(
      async () => {
        const { items } = (await server.ask('/library/studies')) as {
          items: { id: number; imageCount: number }[]
        }
        studyId = items[0]?.id ?? 0
        return items[0]?.imageCount
      },
      { timeout: 60_000 },
    )
    .toBe(48)
  const { series } = (await server.ask(`/library/studies/${studyId}`)) as { series: { id: number }[] }
  const seriesId = series[0]?.id ?? 0
  type Image = { id: number; rows: number; columns: number }
  const [image] = (await server.ask(`/library/series/${seriesId}/images`)) as Image[]
  if (!image) throw new Error('the phantom has no images')
  return { studyId, seriesId, image }
}

/** A mask of a few hundred runs. */
function runsOf({ rows, columns }: { rows: number; columns: number }, start: number): number[] {
  const runs = [start]
  let left = rows * columns - start
  for (; left > 200; left -= 200) runs.push(100, 100)
  return [...runs, left]
}

async function check(server: Served, studyId: number): Promise<void> {
  const stored: Stored[] = []
  for (let total = 1; stored.length < total; ) {
    const page = (await server.ask(`/annotations/studies/${studyId}?limit=500&offset=${stored.length}`)) as {
      total: number
      items: Stored[]
    }
    total = page.total
    stored.push(...page.items)
  }
  const notes = new Map(stored.map(({ id, note }) => [id, note]))
  for (const [id, note] of answered) {
    const there = notes.get(id)
    expect([note, underWay.get(id)], `annotation ${id} was answered`).toContain(there)
  }
  // an unanswered action is there whole or not at all
  for (const [id, note] of notes) {
    expect([answered.get(id), underWay.get(id)], `annotation ${id} was asked for`).toContain(note)
  }
  const together = Map.groupBy(notes, ([, note]) => note)
  for (const [note, both] of together) expect(both, `action ${note} is whole`).toHaveLength(2)
  // from here on what is stored counts as answered
  for (const [id, note] of notes) answered.set(id, note)
  underWay.clear()
}

function checkFile(file: string): void {
  const database = new Sqlite(file, { readonly: true })
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
}
