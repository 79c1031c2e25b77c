import { SIDE, wholeImageInput } from '#shared/brush/inputs'
import { type BrushPicture, brushPicture } from '#shared/brush/picture'
import { SmartBrush } from '#shared/brush/smart-brush'
import type { BrushAnswer, BrushRequest } from './messages'
import { type OpenNetwork, openNetwork } from './session'

let network: OpenNetwork | null = null
let picture: BrushPicture | null = null
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
      rehearse()
      return send({ id, kind: 'started', started: network.started })
    case 'picture':
      picture = brushPicture(request.frame)
      wholeImageInput(picture)
      return send({ id, kind: 'done' })
    case 'begin':
      brush = picture && new SmartBrush(picture, request.mask)
      return send({ id, kind: 'done' })
    case 'click':
      brush?.click(request.click)
      return look(id, arrived)
    case 'undo':
      brush?.undo()
      return sendMask(id, arrived, false)
  }
}

/** A click on an empty picture, so that the first real one finds everything around the network compiled. */
function rehearse(): void {
  const size = [480, 640] as const
  const trial = new SmartBrush({ size, fullSize: size, planes: [new Float32Array(size[0] * size[1])] })
  const corner = Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
    at % SIDE < 64 && at < 64 * SIDE ? 8 : -8,
  )
  trial.click({ x: 80, y: 80, positive: true })
  for (let more = true; more; ) {
    trial.pass()
    more = trial.take(corner)
    trial.mask()
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
  send({ id, kind: 'mask', answer: { mask, milliseconds, preliminary } }, mask ? [mask.mask.buffer] : [])
}

function send(message: BrushAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}
