import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { JobContext } from '#main/jobs/types'
import { wantedPart } from '#shared/contract/sources'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { SourceDraft } from '#shared/domain/source'
import { dimseArchive } from './dimse/archive'
import { Held } from './held'
import { type Connection, SourceStore } from './store'
import { FetchRun } from './transfer/fetch-run'
import { TransferItems } from './transfer/items'
import { SendRun } from './transfer/send-run'
import type { Archive, MoveTarget, Sources, SourcesDeps } from './types'
import { webArchive } from './web/archive'

const TEST_MS = 30_000
const SEARCH_MS = 120_000

const fetchRequest = z.object({ sourceId: z.number().int(), parts: z.array(wantedPart) })
const sendRequest = z.object({ sourceId: z.number().int(), paths: z.array(z.string()) })

/** Connections to archives; registers the jobs that fetch from them and send to them. */
export function createSources(deps: SourcesDeps, receiver: MoveTarget): Sources {
  const { database, jobs, library, dataFolder } = deps
  const store = new SourceStore(database)
  const held = new Held(database)
  const transfer = { database, library, spoolFolder: join(dataFolder, 'spool') }

  const connect = ({ place, secret }: Connection, signal: AbortSignal): Archive =>
    place.kind === 'dicomweb' ? webArchive(place, secret, signal) : dimseArchive(place, receiver, signal)

  const using = async <T>(
    connection: Connection,
    signal: AbortSignal,
    work: (archive: Archive) => Promise<T>,
  ) => {
    const archive = connect(connection, signal)
    try {
      return await work(archive)
    } finally {
      await archive.close()
    }
  }
  const within = (milliseconds: number, signal?: AbortSignal) => {
    const limit = AbortSignal.timeout(milliseconds)
    return signal ? AbortSignal.any([limit, signal]) : limit
  }

  jobs.register('fetch', (context: JobContext) => {
    const { sourceId, parts } = fetchRequest.parse(context.request)
    const connection = store.connection(sourceId)
    return using(connection, context.signal, (archive) =>
      new FetchRun(transfer, held, archive, connection.name, context).run(parts),
    )
  })
  jobs.register('send', (context: JobContext) => {
    const { sourceId, paths } = sendRequest.parse(context.request)
    return using(store.connection(sourceId), context.signal, (archive) =>
      new SendRun(transfer, archive, context).run(paths),
    )
  })

  const start = (
    kind: 'fetch' | 'send',
    title: string,
    request: z.infer<typeof fetchRequest> | z.infer<typeof sendRequest>,
  ) => ({
    jobId: jobs.start({ kind, title, request, fingerprint: JSON.stringify([kind, request]) }),
  })
  const startSend = (sourceId: number, paths: readonly string[], what: string) => {
    const { name } = store.connection(sourceId)
    return start('send', `${what} → ${name}`, { sourceId, paths: [...paths] })
  }

  return {
    list: () => store.list(),
    find: (nameOrId) => store.find(nameOrId),
    add: (draft) => store.add(draft),
    change: (sourceId, draft) => store.change(sourceId, draft),
    remove: (sourceId) => store.remove(sourceId),
    async test(target, signal) {
      const connection = connectionOf(store, target)
      const begun = performance.now()
      const work = using(connection, within(TEST_MS, signal), (archive) => archive.test())
      const fault = await work.then(() => null, faultOf)
      return { fault, milliseconds: performance.now() - begun }
    },

    search: (sourceId, query, signal) =>
      using(store.connection(sourceId), within(SEARCH_MS, signal), async (archive) => {
        const { studies, more } = await archive.studies(query)
        return { studies: studies.map((study) => ({ ...study, held: held.ofStudy(study.uid) })), more }
      }),
    series: (sourceId, studyUid, signal) =>
      using(store.connection(sourceId), within(SEARCH_MS, signal), async (archive) =>
        (await archive.series(studyUid)).map((series) => ({ ...series, held: held.ofSeries(series.uid) })),
      ),

    failures: (jobId) => new TransferItems(database, jobId).failures(),
    fetch(sourceId, parts, title) {
      const { name } = store.connection(sourceId)
      return start('fetch', title ?? `${name} (${parts.length})`, { sourceId, parts: [...parts] })
    },
    send(sourceId, studyIds) {
      const paths = [...new Set(studyIds.flatMap((studyId) => held.filesOf(studyId)))]
      const [first] = studyIds
      const subject = first === undefined ? '' : library.study(first).study.subject
      return startSend(sourceId, paths, subject + (studyIds.length > 1 ? ` +${studyIds.length - 1}` : ''))
    },
    sendFiles(sourceId, paths) {
      const files = paths.map((path) => resolve(path))
      return startSend(
        sourceId,
        files,
        basename(files[0] ?? '') + (files.length > 1 ? ` +${files.length - 1}` : ''),
      )
    },
  }
}

/** @throws INPUT_INVALID, NOT_FOUND */
function connectionOf(
  store: SourceStore,
  { sourceId, draft }: { sourceId?: number | undefined; draft?: SourceDraft | undefined },
): Connection {
  if (draft && sourceId !== undefined) return store.completed(sourceId, draft)
  if (draft) return { name: draft.name, place: draft.place, secret: draft.secret ?? null }
  if (sourceId !== undefined) return store.connection(sourceId)
  throw new LeptonError('INPUT_INVALID', { expected: 'a source or a draft of one', received: 'neither' })
}
