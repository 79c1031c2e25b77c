import { faultOf, LeptonError } from '#shared/domain/fault'
import { uid } from '#shared/domain/source'
import { encodeMeta } from '../transfer/part10'
import type { Spool } from '../transfer/spool'
import type { Arrival } from '../types'
import type { Association, Message } from './association'
import { commandField } from './command'
import { malformed } from './cursor'
import { isStorage } from './syntaxes'

const status = { success: 0, outOfResources: 0xa700, notUnderstood: 0xc000 } as const

/**
 * Takes the object of a C-STORE request into the spool, byte for byte as it was sent, and answers the request.
 * @throws DISK_FULL after having said so, and whatever broke the connection.
 */
export async function receiveObject(
  association: Association,
  { context, command, dataset }: Message,
  spool: Spool,
  sourceAe: string,
): Promise<Arrival> {
  if (!dataset) throw malformed('a data set with C-STORE', 'none')
  const answer = (code: number) =>
    association.send(context, {
      field: commandField.storeResponse,
      respondsTo: command.messageId ?? 0,
      sopClass: command.sopClass,
      sopInstance: command.sopInstance,
      status: code,
    })
  const instance = uid.safeParse(command.sopInstance)
  const sopClass = command.sopClass ?? ''
  if (!instance.success || sopClass !== context.abstractSyntax || !isStorage(sopClass)) {
    for await (const _ of dataset);
    await answer(status.notUnderstood)
    return { uid: '', fault: malformed('identifiers of an object', 'none that are valid').toFault() }
  }
  const meta = { sopClass, sopInstance: instance.data, transferSyntax: context.transferSyntax }
  const body = new Whole(dataset)
  try {
    const object = await spool.write(body.after(encodeMeta(meta, sourceAe)))
    await answer(status.success)
    return { object }
  } catch (error) {
    if (error instanceof LeptonError && error.code === 'DISK_FULL') {
      await answer(status.outOfResources)
      association.abort()
      throw error
    }
    if (!body.ended) throw error
    await answer(status.notUnderstood)
    return { uid: instance.data, fault: faultOf(error) }
  }
}

/** A data set behind its meta group, and whether all of it was read. */
class Whole {
  ended = false
  readonly #dataset: AsyncIterable<Buffer>

  constructor(dataset: AsyncIterable<Buffer>) {
    this.#dataset = dataset
  }

  async *after(meta: Buffer): AsyncGenerator<Buffer> {
    yield meta
    yield* this.#dataset
    this.ended = true
  }
}
