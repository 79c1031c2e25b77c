import type { Click } from '#shared/brush/view'
import { routes } from '#shared/contract/routes'
import { LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { BrushAnswer, BrushMask, BrushNetwork, BrushRequest, BrushStarted } from './messages'

type Waiting = (answer: BrushAnswer) => void

/** The smart brush's network in a worker of its own, so that the window never waits for it. */
export class BrushClient {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'brush' })
  readonly #waiting = new Map<number, Waiting>()
  readonly #started: Promise<BrushStarted>
  #frame: Frame | null = null
  #next = 0

  constructor(manifest: ModelManifest) {
    this.#worker.onmessage = ({ data }: MessageEvent<BrushAnswer>) => this.#waiting.get(data.id)?.(data)
    this.#worker.onerror = ({ message }) => {
      for (const [id, waiting] of this.#waiting) waiting({ id, kind: 'failed', reason: message })
    }
    this.#started = this.#ask({ kind: 'start', network: networkOf(manifest) }).then((answer) => {
      if (answer.kind === 'started') return answer.started
      throw unexpected()
    })
    // whoever asks later is told; nobody may have asked yet
    this.#started.catch(() => {})
  }

  /** Resolves when the network is open and gave its golden answer. @throws INFERENCE_FAILED with the reason */
  started(): Promise<BrushStarted> {
    return this.#started
  }

  /** Gets a picture ready, so that the first click on it need not wait for that. */
  async prepare(frame: Frame): Promise<void> {
    await this.#started
    await this.#show(frame)
  }

  /** Begins an object on a picture: a new one, or one that is marked already (1 or 0 for each pixel). */
  async begin(frame: Frame, mask: Uint8Array | null): Promise<void> {
    await this.#started
    // asked for together: another picture may be shown while this one is awaited
    await Promise.all([this.#show(frame), this.#ask({ kind: 'begin', mask })])
  }

  /** Takes a click; `onMask` gets the first answer, and a second one where the network looks closer. */
  async click(click: Click, onMask: (mask: BrushMask) => void): Promise<void> {
    await this.#ask({ kind: 'click', click }, (answer) => {
      if (answer.kind !== 'mask') return true
      onMask(answer.answer)
      return !answer.answer.preliminary
    })
  }

  /** Takes the last click back and gives the mask of before. */
  async undo(): Promise<BrushMask> {
    const answer = await this.#ask({ kind: 'undo' })
    if (answer.kind === 'mask') return answer.answer
    throw unexpected()
  }

  close(): void {
    this.#worker.terminate()
    for (const [id, waiting] of this.#waiting) waiting({ id, kind: 'failed', reason: 'closed' })
  }

  async #show(frame: Frame): Promise<void> {
    if (this.#frame === frame) return
    this.#frame = frame
    await this.#ask({ kind: 'picture', frame }).catch((error: unknown) => {
      this.#frame = null
      throw error
    })
  }

  /** Sends a request and resolves with the answer that `last` says is the last one; by default the first. */
  #ask(
    request: BrushRequest extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never,
    last: (answer: BrushAnswer) => boolean = () => true,
  ): Promise<BrushAnswer> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (answer) => {
        if (answer.kind === 'failed') {
          this.#waiting.delete(id)
          reject(new LeptonError('INFERENCE_FAILED', { received: answer.reason }))
        } else if (last(answer)) {
          this.#waiting.delete(id)
          resolve(answer)
        }
      })
      this.#worker.postMessage({ ...request, id })
    })
  }
}

const unexpected = () =>
  new LeptonError('INFERENCE_FAILED', { received: 'another answer than was asked for' })

/** Where the worker finds the network, and what it must answer: WebAssembly is quickest with whole numbers. */
function networkOf(manifest: ModelManifest): BrushNetwork {
  const { input, outputs, weights, golden } = manifest
  const mask = outputs.find((output) => output.decode === 'prompted-mask')
  const [first] = weights
  if (!first || !mask || !input.prompt) {
    throw new LeptonError('MODEL_DOES_NOT_FIT', { expected: 'a model that answers to clicks' })
  }
  const address = (file: string) => routes.modelFile(manifest, file)
  const weightsOf = ({ file, outputs: answers, tolerance }: ModelManifest['weights'][number]) => ({
    address: address(file),
    golden: address(answers.find(({ name }) => name === mask.name)?.file ?? ''),
    tolerance,
  })
  const int8 = weights.find(({ precision }) => precision === 'int8')
  return {
    weights: { webgpu: weightsOf(first), wasm: weightsOf(int8 ?? first) },
    inputs: Object.fromEntries(golden.inputs.map(({ name, file }) => [name, address(file)])),
    names: { image: input.name, prompt: input.prompt.name, mask: mask.name },
  }
}
