import { randomUUID } from 'node:crypto'
import { readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#main/make-folder'
import { LeptonError } from '#shared/domain/fault'

const RESERVE = 2 ** 30
const DAY_MS = 24 * 60 * 60 * 1000

/** Folders that work is done in until it is complete; beside the packages, so that a move is one step. */
export class Staging {
  readonly #home: string

  constructor(home: string) {
    this.#home = home
  }

  pathOf(name: string): string {
    return join(this.#home, name)
  }

  /** Makes an empty folder of a new name. */
  async make(): Promise<string> {
    const folder = join(this.#home, randomUUID())
    await makeFolder(folder)
    return folder
  }

  /** Does some work in a folder that is gone afterwards. */
  async within<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await this.make()
    try {
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Takes away what was left behind more than a day ago. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#home).catch(() => [])) {
      const folder = join(this.#home, name)
      const age = await stat(folder).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (age > DAY_MS) await rm(folder, { recursive: true, force: true })
    }
  }
}

/** @throws DISK_FULL where so much would leave too little on the folder's disk */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bytes + RESERVE <= bavail * bsize) return
  throw new LeptonError('DISK_FULL', {
    expected: `${Math.ceil((bytes + RESERVE) / 2 ** 20)} MB free`,
    received: `${Math.floor((bavail * bsize) / 2 ** 20)} MB`,
    remedy: 'Make room on the disk of the library.',
  })
}
