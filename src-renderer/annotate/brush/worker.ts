import { brushPicture } from '#shared/brush/picture'
import { SmartBrush } from '#shared/brush/smart-brush'
import type { BrushAnswer, BrushRequest } from './messages'
import { type OpenNetwork, openNetwork } from './session'

let network: OpenNetwork | null = null
let brush: SmartBrush | null = null
/** One request after the other: a click must see what the click before it brought. */
let queue: Promise<void> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<BrushRequest>) => {
  const arrived = performance.now()
  queue = queue
    .then(() => answer(data, arrived))
    .catch((error: unknown) => {
      send({ id: data.id, kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    })
}

async function answer(request: BrushRequest, arrived: number): Promise<void> {
  const { id, kind } = request
  switch (kind) {
    case 'start':
      network = await openNetwork(request.network)
      return send({ id, kind: 'started', started: network.started })
    case 'begin':
      brush = new SmartBrush(brushPicture(request.frame), request.mask)
      return send({ id, kind: 'done' })
    case 'click':
      brush?.click(request.click)
      return look(id, arrived)
    case 'undo':
      brush?.undo()
      return sendMask(id, arrived, false)
  }
}

/** Asks the network until it has seen the click closely enough; every answer is shown. */
async function look(id: number, arrived: number): Promise<void> {
  if (!network || !brush) throw new Error('the brush was not started')
  for (let closer = true; closer; ) {
    const { image, prompt } = brush.pass()
    closer = brush.take(await network.run(image, prompt))
    sendMask(id, arrived, closer)
  }
}

function sendMask(id: number, arrived: number, preliminary: boolean): void {
  const mask = brush?.mask() ?? null
  const milliseconds = performance.now() - arrived
  send({ id, kind: 'mask', answer: { mask, milliseconds, preliminary } }, mask ? [mask.buffer] : [])
}

function send(message: BrushAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}
