import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sharedData } from '#main/testing/shared-data'

const copies = 20
const rounds = 3
const connections = 4
const port = 18_042
const lepton = resolve(import.meta.dirname, '../bin/lepton.mjs')

/**
 * Files per second of `lepton import`, process start included, against Orthanc's over HTTP on the same files in the
 * same run: the public soft-tissue series under new UIDs. Needs the Debian package `orthanc` and a build.
 */
export default async function benchImport(): Promise<void> {
  const source = sharedData('sts-dicom')
  if (!source) return
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  try {
    const files = multiply(source, join(folder, 'files'))
    console.log(
      `${files.length} files, ${cpus().length} cores; ${rounds} rounds each, in turn, on fresh stores`,
    )
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      ours.push(files.length / (await importWithLepton(join(folder, 'files'), join(folder, `data-${round}`))))
      theirs.push(files.length / (await importWithOrthanc(files, join(folder, `orthanc-${round}`))))
      console.log(`round ${round + 1}: lepton ${show(ours.at(-1))}, Orthanc ${show(theirs.at(-1))} files/s`)
    }
    const [lepton, orthanc] = [median(ours), median(theirs)]
    console.log(
      `median: lepton ${show(lepton)}, Orthanc ${show(orthanc)} files/s: ${(lepton / orthanc).toFixed(1)} times`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const show = (value = 0) => value.toFixed(0)
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** Copies of every image, each copy an examination of its own: UIDs are exchanged for others of equal length. */
function multiply(source: string, target: string): string[] {
  const images = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /image.*\.dcm$/.test(name),
  )
  const written: string[] = []
  for (let copy = 0; copy < copies; copy += 1) {
    for (const name of images) {
      const text = readFileSync(join(source, name)).toString('latin1')
      const own = text.replace(collectionUid, (uid) => otherUid(uid, copy))
      const path = join(target, String(copy), relative(source, join(source, name)))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, Buffer.from(own, 'latin1'))
      written.push(path)
    }
  }
  return written
}

/** UIDs under the root of the archive the collection comes from. */
const collectionUid = /1\.3\.6\.1\.4\.1\.14519\.[\d.]{20,50}/g

function otherUid(uid: string, copy: number): string {
  const digits = BigInt(`0x${createHash('sha512').update(`${copy} ${uid}`).digest('hex')}`).toString()
  return `2.25.${digits}`.slice(0, uid.length)
}

async function importWithLepton(folder: string, data: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [lepton, 'import', folder, '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`lepton import ended with ${status}: ${said}`)
  return (performance.now() - start) / 1000
}

async function importWithOrthanc(files: readonly string[], storage: string): Promise<number> {
  mkdirSync(storage)
  const config = join(storage, 'orthanc.json')
  const options = {
    StorageDirectory: storage,
    IndexDirectory: storage,
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
  }
  writeFileSync(config, JSON.stringify(options))
  const child = spawn('Orthanc', [config], { stdio: 'ignore' })
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  try {
    await Promise.race([untilReady(), failed])
    const start = performance.now()
    await postAll(files)
    return (performance.now() - start) / 1000
  } finally {
    child.kill()
    if (child.exitCode === null) await once(child, 'exit')
  }
}

async function untilReady(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/system`).catch(() => null)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error('Orthanc did not start')
}

async function postAll(files: readonly string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const left = [...files]
  const lane = async () => {
    for (let file = left.pop(); file; file = left.pop()) await post(readFileSync(file), agent)
  }
  await Promise.all(Array.from({ length: connections }, lane))
  agent.destroy()
}

function post(body: Buffer, agent: Agent): Promise<void> {
  const { promise, resolve: done, reject } = Promise.withResolvers<void>()
  const call = request({ host: '127.0.0.1', port, path: '/instances', method: 'POST', agent }, (answer) => {
    answer.resume()
    answer.on('end', () =>
      answer.statusCode === 200 ? done() : reject(new Error(`HTTP ${answer.statusCode}`)),
    )
  })
  call.on('error', reject)
  call.end(body)
  return promise
}
