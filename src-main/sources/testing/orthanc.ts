import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DimsePlace, WebPlace } from '#shared/domain/source'
import { Background, freePort, program } from './processes'

const PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so'

/** Orthanc with its DICOMweb plugin; null, with a notice, where they are not installed. */
export const orthancHere = (): boolean => {
  if (program('Orthanc') === null) return false
  if (existsSync(PLUGIN)) return true
  console.warn('Not run: the DICOMweb plugin of Orthanc is not installed (Debian: orthanc-dicomweb).')
  return false
}

export interface OrthancOptions {
  /** Modalities that Orthanc knows: AE title and port on this computer. */
  modalities?: Record<string, number>
  /** User and password it asks for. */
  user?: [string, string]
}

/** A real Orthanc in a folder of its own, on free ports. */
export class Orthanc {
  readonly folder = mkdtempSync(join(tmpdir(), 'lepton-orthanc-'))
  readonly #options: OrthancOptions
  httpPort = 0
  dicomPort = 0
  #process: Background | null = null

  private constructor(options: OrthancOptions) {
    this.#options = options
  }

  static async start(options: OrthancOptions = {}): Promise<Orthanc> {
    const orthanc = new Orthanc(options)
    orthanc.httpPort = await freePort()
    orthanc.dicomPort = await freePort()
    await orthanc.resume()
    return orthanc
  }

  /** Starts it, or starts it again on the same ports with what it has stored. */
  async resume(): Promise<void> {
    const { modalities = {}, user } = this.#options
    mkdirSync(join(this.folder, 'storage'), { recursive: true })
    const configuration = join(this.folder, 'orthanc.json')
    const known = Object.entries(modalities).map(([ae, port]) => [ae.toLowerCase(), [ae, '127.0.0.1', port]])
    writeFileSync(
      configuration,
      JSON.stringify({
        Name: 'test',
        StorageDirectory: join(this.folder, 'storage'),
        IndexDirectory: join(this.folder, 'storage'),
        HttpPort: this.httpPort,
        DicomPort: this.dicomPort,
        DicomAet: 'ORTHANC',
        DicomCheckCalledAet: true,
        DicomAlwaysAllowEcho: true,
        DicomAlwaysAllowFind: true,
        DicomAlwaysAllowGet: true,
        DicomAlwaysAllowMove: true,
        DicomAlwaysAllowStore: true,
        DicomModalities: Object.fromEntries(known),
        RemoteAccessAllowed: false,
        AuthenticationEnabled: user !== undefined,
        RegisteredUsers: user ? { [user[0]]: user[1] } : {},
        Plugins: [PLUGIN],
        DicomWeb: { Enable: true, Root: '/dicom-web/' },
        SynchronousCMove: true,
        SyncStorageArea: false,
      }),
    )
    this.#process = await Background.start(program('Orthanc') ?? '', [configuration], this.httpPort)
  }

  /** As a crash: at once. */
  async kill(): Promise<void> {
    await this.#process?.stop('SIGKILL')
  }

  web(auth: WebPlace['auth'] = { kind: 'none' }): WebPlace {
    return {
      kind: 'dicomweb',
      url: `http://localhost:${this.httpPort}/dicom-web`,
      auth,
      certificate: null,
    }
  }

  dimse(retrieve: 'get' | 'move' = 'get', callingAe = 'LEPTON'): DimsePlace {
    return {
      kind: 'dimse',
      host: '127.0.0.1',
      port: this.dicomPort,
      calledAe: 'ORTHANC',
      callingAe,
      retrieve,
      secure: false,
      certificate: null,
    }
  }

  /** Number of instances it holds. */
  async instances(): Promise<number> {
    const answer = await fetch(`http://localhost:${this.httpPort}/statistics`)
    const { CountInstances } = (await answer.json()) as { CountInstances: number }
    return CountInstances
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
