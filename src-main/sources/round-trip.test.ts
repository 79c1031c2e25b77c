import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openInstance } from '#main/imaging'
import { writeDicom } from '#main/library/testing/tiny-dicom'
import { sharedData } from '#main/testing/shared-data'
import { Orthanc, orthancHere } from './testing/orthanc'
import { freePort } from './testing/processes'
import { SourcesBench } from './testing/sources-bench'

/** SHA-256 of the decoded first frame by SOP instance. */
async function pixelsOf(paths: readonly string[]): Promise<Map<string, string>> {
  const pixels = new Map<string, string>()
  for (const path of paths) {
    const instance = await openInstance(path)
    const { data } = await instance.frame(0)
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    pixels.set(instance.header.instance.uid ?? path, createHash('sha256').update(bytes).digest('hex'))
    instance.close()
  }
  return pixels
}

const hashesOf = (paths: readonly string[]) =>
  paths.map((path) => createHash('sha256').update(readFileSync(path)).digest('hex')).sort()

describe.skipIf(!orthancHere())('Orthanc', () => {
  let orthanc: Orthanc
  let receiverPort: number
  beforeAll(async () => {
    receiverPort = await freePort()
    orthanc = await Orthanc.start({ modalities: { LEPTON: receiverPort } })
  })
  afterAll(() => orthanc.close())

  let bench: SourcesBench
  beforeEach(() => {
    bench = new SourcesBench()
  })
  afterEach(() => bench.close())

  const real = sharedData('sts-dicom/STS_025/MR_T1/image')
  const files = () =>
    real
      ? readdirSync(real, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
          .map((entry) => join(entry.parentPath, entry.name))
      : Array.from({ length: 12 }, (_, number) =>
          writeDicom(join(bench.library.inputs, `${number}.dcm`), { instance: `1.2.1.1.${number}`, number }),
        )

  it.each([
    ['DICOMweb', 'web'],
    ['C-GET', 'get'],
    ['C-MOVE', 'move'],
  ] as const)('takes files and gives them back over %s', async (_, way) => {
    const sent = files()
    const source = bench.add(way === 'web' ? orthanc.web() : orthanc.dimse(way))
    expect((await bench.client.test({ sourceId: source.id })).fault).toBeNull()
    if (way === 'move') {
      const { settings } = await bench.client.intake()
      await bench.client.saveIntake({
        ...settings,
        receiver: { ...settings.receiver, enabled: true, port: receiverPort },
      })
    }
    const sending = await bench.settled(bench.sources.sendFiles(source.id, sent).jobId)
    expect(sending).toMatchObject({ state: 'done', total: sent.length, done: sent.length, failed: 0 })
    expect(await orthanc.instances()).toBe(sent.length)

    const { studies } = await bench.client.search({ sourceId: source.id, query: {} })
    expect(studies).toHaveLength(1)
    const [study] = studies
    expect(study).toMatchObject({ instanceCount: sent.length, held: 0 })
    const { jobId } = await bench.client.fetch({
      sourceId: source.id,
      parts: [{ studyUid: study?.uid ?? '' }],
    })
    const job = await bench.settled(jobId)
    expect(bench.items(jobId).filter(({ state }) => state !== 'done')).toEqual([])
    expect(job).toMatchObject({ state: 'done', done: sent.length, skipped: 0, failed: 0, total: sent.length })

    const paths = bench.library.database.prepare<[], string>('SELECT path FROM instances').pluck().all()
    expect(paths.every((path) => path.startsWith(join(bench.library.data, 'files')))).toBe(true)
    expect(await pixelsOf(paths)).toEqual(await pixelsOf(sent))
    // over DICOMweb the archive's files travel as they are
    if (way === 'web') expect(hashesOf(paths)).toEqual(hashesOf(sent))
    const again = await bench.settled(
      (await bench.client.fetch({ sourceId: source.id, parts: [{ studyUid: study?.uid ?? '' }] })).jobId,
    )
    expect(again).toMatchObject({ state: 'done', done: 0, skipped: sent.length })
  })
})
