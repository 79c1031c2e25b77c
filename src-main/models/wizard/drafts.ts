import { constants } from 'node:fs'
import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '#main/make-folder'
import type { OnnxSource } from '#shared/contract/model-wizard'
import { LeptonError } from '#shared/domain/fault'
import { takeSource } from '../install/fetch-source'
import { checkRoom, Staging } from '../install/staging'
import { NETWORK } from '../making/assemble'

const note = z.object({ name: z.string() })

/** A draft: the network's file alone in the folder of a package to be. */
export interface Draft {
  id: string
  /** Name of the file, without its ending. */
  name: string
  /** The package's folder. */
  folder: string
  onnx: string
}

/** ONNX files set aside while a person describes them; each draft is a folder below `<data folder>/models/.drafts`. */
export class Drafts {
  readonly #uploads: string
  readonly #staging: Staging

  constructor(dataFolder: string) {
    this.#uploads = join(dataFolder, 'uploads')
    this.#staging = new Staging(join(dataFolder, 'models', '.drafts'))
  }

  /** Copies an ONNX file aside. @throws FILE_NOT_FOUND, NOT_FOUND, DISK_FULL */
  async begin(source: OnnxSource): Promise<Draft> {
    await this.#staging.sweep()
    const home = await this.#staging.make()
    try {
      const path = await takeSource(source, this.#uploads, home)
      const facts = await stat(path).catch(() => null)
      if (!facts?.isFile()) {
        throw new LeptonError('FILE_NOT_FOUND', { expected: 'an ONNX file', received: path })
      }
      await checkRoom(home, facts.size)
      const draft = draftAt(home, basename(path).replace(/\.onnx$/i, ''))
      await makeFolder(draft.folder)
      await copyFile(path, draft.onnx, constants.COPYFILE_FICLONE)
      await writeFile(join(home, 'draft.json'), JSON.stringify({ name: draft.name }))
      return draft
    } catch (error) {
      await rm(home, { recursive: true, force: true })
      throw error
    }
  }

  /** @throws NOT_FOUND for a draft that was written, discarded or left for a day */
  async get(id: string): Promise<Draft> {
    const home = this.#staging.pathOf(id)
    const text = await readFile(join(home, 'draft.json'), 'utf8').catch((cause: unknown) => {
      throw new LeptonError('NOT_FOUND', {
        expected: 'a draft of the wizard',
        received: id,
        remedy: 'Choose the ONNX file again.',
        cause,
      })
    })
    return draftAt(home, note.parse(JSON.parse(text)).name)
  }

  async discard(id: string): Promise<boolean> {
    const there = await this.get(id).catch(() => null)
    await rm(this.#staging.pathOf(id), { recursive: true, force: true })
    return there !== null
  }
}

function draftAt(home: string, name: string): Draft {
  const folder = join(home, 'package')
  return { id: basename(home), name, folder, onnx: join(folder, NETWORK) }
}
