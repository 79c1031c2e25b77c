import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Models } from '#main/models/types'
import type { DoctorReport } from '#shared/contract/system'
import { faultOf } from '#shared/domain/fault'

export interface DoctorDeps {
  app: DoctorReport['app']
  dataFolder: string
  database: Database
  engine: Engine
  models: Models
}

/** Looks at everything a person would ask about when something does not run, or runs slowly. */
export async function examine({
  app,
  dataFolder,
  database,
  engine,
  models,
}: DoctorDeps): Promise<DoctorReport> {
  const providers = await engine.providers().catch((error: unknown) => {
    const fault = faultOf(error)
    return [{ provider: 'cpu' as const, available: false, fault }]
  })
  const installed = await models.list()
  const status = engine.status()
  const processors = cpus()
  return {
    app,
    runtime: {
      node: process.versions.node,
      electron: process.versions.electron ?? null,
      onnxruntime: status.onnxruntime,
      platform: `${platform()} ${release()} ${arch()}`,
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryBytes: totalmem(),
    },
    data: { folder: dataFolder, ...databaseFacts(database), freeBytes: await freeBytes(dataFolder) },
    providers,
    models: installed.map(({ manifest, active, chosen, fault, precision, trials }) => ({
      id: manifest.id,
      version: manifest.version,
      active,
      chosen,
      fault,
      trials: trials.filter((trial) => trial.precision === precision),
    })),
    engine: { running: status.running, restarts: status.restarts, memoryBytes: status.memoryBytes },
  }
}

function databaseFacts(
  database: Database,
): Pick<DoctorReport['data'], 'databaseBytes' | 'schemaVersion' | 'integrity'> {
  const schema = database
    .prepare<[], { version: number }>('SELECT max(version) AS version FROM schema_migrations')
    .get()
  const check = database.prepare<[], string>('PRAGMA quick_check(1)').pluck().get()
  const files = database.memory ? [] : [database.name, `${database.name}-wal`].filter(existsSync)
  const databaseBytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return { databaseBytes, schemaVersion: schema?.version ?? 0, integrity: check === 'ok' ? 'ok' : 'broken' }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
