import { create } from 'zustand'
import { client } from '#renderer/app/api'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import { BrushClient } from './brush-client'
import type { BrushStarted } from './messages'

interface SmartBrushState {
  /** `idle` before the first click; `starting` while the network is fetched and tried. */
  state: 'idle' | 'starting' | 'ready' | 'failed'
  /** `id@version` of the network. */
  model: string | null
  started: BrushStarted | null
  /** From the last click to its last answer. */
  milliseconds: number | null
  /** A click waits for its answer. */
  working: boolean
  fault: Fault | null
}

const before: SmartBrushState = {
  state: 'idle',
  model: null,
  started: null,
  milliseconds: null,
  working: false,
  fault: null,
}

/** What the smart brush runs on, and how it does; shown beside the tool. */
export const useSmartBrush = create<SmartBrushState>(() => before)

let opening: Promise<BrushClient> | null = null

/** The brush in use, opened when first asked for; one that failed is tried again. */
export function openBrush(): Promise<BrushClient> {
  opening ??= open().catch((error: unknown) => {
    opening = null
    useSmartBrush.setState({ state: 'failed', working: false, fault: faultOf(error) })
    throw error
  })
  return opening
}

async function open(): Promise<BrushClient> {
  useSmartBrush.setState({ ...before, state: 'starting' })
  const models = await client.models.list()
  const model = models.find(
    ({ manifest, active, fault }) => manifest.task === 'promptable-segmentation' && active && fault === null,
  )
  if (!model) {
    throw new LeptonError('MODEL_NOT_FOUND', {
      expected: 'a model in use that answers to clicks',
      received: 'none',
      remedy: 'Use one on the Models page.',
    })
  }
  const brush = new BrushClient(model.manifest)
  const started = await brush.started().catch((error: unknown) => {
    brush.close()
    throw error
  })
  useSmartBrush.setState({ state: 'ready', model: modelName(model.manifest), started })
  return brush
}
