import { isAbsolute, join, resolve, sep } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { Intake, SourcesDeps } from '../types'
import { Inbox } from './inbox'
import { IntakeStore } from './intake-store'
import { Receiver } from './receiver'
import { Watcher } from './watcher'

/** The receiver, the watched folders and the rule that scores what they bring; all off until a person turns them on. */
export function createIntake(deps: SourcesDeps, pace: { quietMs?: number; everyMs?: number } = {}): Intake {
  const { database, jobs, library, scoring, dataFolder, report } = deps
  const store = new IntakeStore(database)
  let open = true

  const scoreWhenDone = async (jobId: number) => {
    const job = await jobs.settled(jobId)
    if (!open || job.done === 0 || !store.read().autoScore) return
    const request = { target: { kind: 'import', jobId }, provider: 'auto' } as const
    if (scoring.plan(request).models.length > 0) scoring.start(request)
  }
  const imported = (jobId: number) =>
    void scoreWhenDone(jobId).catch((error: unknown) => open && report(error))

  const inbox = new Inbox({ folder: join(dataFolder, 'spool', 'received'), library, imported, ...pace })
  const receiver = new Receiver(inbox, report)
  const watcher = new Watcher({ database, library, imported, report, ...pace })

  const apply = async () => {
    const { receiver: wanted, watched } = store.read()
    if (wanted.enabled) await receiver.listen(wanted)
    else await receiver.stop()
    watcher.watch(watched)
  }
  const state = () => {
    const { port, fault, received, refused, lastCaller } = receiver
    return {
      settings: store.read(),
      receiver: { port, fault, received, refused, lastCaller },
      watched: watcher.state,
    }
  }

  return {
    state,
    async save(settings) {
      for (const path of settings.watched) refuseFolder(path, dataFolder)
      store.write(settings)
      await apply()
      return state()
    },
    async start(override) {
      await inbox.recover()
      await apply()
      if (!override) return
      await receiver.listen({ ...store.read().receiver, ...override })
      if (receiver.fault) throw new LeptonError(receiver.fault.code, receiver.fault)
    },
    async claim(uids, spool, arrived) {
      const { receiver: wanted } = store.read()
      const started = receiver.port === null
      if (started && !wanted.enabled) throw receiverOff()
      if (started) await receiver.listen(wanted)
      if (receiver.fault) throw new LeptonError(receiver.fault.code, receiver.fault)
      const claim = { uids, spool, arrived }
      receiver.claims.add(claim)
      return {
        aeTitle: wanted.aeTitle,
        async [Symbol.asyncDispose]() {
          receiver.claims.delete(claim)
          if (started) await receiver.stop()
        },
      }
    },
    async close() {
      open = false
      await receiver.stop()
      inbox.flush()
      await watcher.close()
    },
  }
}

function refuseFolder(path: string, dataFolder: string): void {
  const inside = `${resolve(path)}${sep}`.startsWith(`${resolve(dataFolder)}${sep}`)
  if (isAbsolute(path) && !inside) return
  throw new LeptonError('INPUT_INVALID', {
    expected: 'the absolute path of a folder outside the library’s own',
    received: path,
  })
}

const receiverOff = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'this app’s receiver, to which the archive can send (C-MOVE)',
    received: 'it is off',
    remedy:
      'Turn it on under Sources, and have its AE title, address and port entered in the archive; or fetch with C-GET.',
  })
