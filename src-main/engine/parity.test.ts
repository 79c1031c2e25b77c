import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Provider } from '#shared/domain/provider'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { bundledModels } from './testing/bundled-models'
import type { Engine } from './types'

/** Chromium brings a Vulkan driver in software, with which WebGPU runs where there is no graphics card. */
const SOFTWARE = '/usr/lib/chromium/vk_swiftshader_icd.json'

let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine

beforeAll(async () => {
  // for the engine of this file alone: everywhere else the software driver would only be slow
  if (existsSync(SOFTWARE)) vi.stubEnv('VK_DRIVER_FILES', process.env.VK_DRIVER_FILES ?? SOFTWARE)
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 2, itemTimeoutMs: 580_000 })
}, 60_000)

afterAll(async () => {
  await engine.close()
  built.remove()
  vi.unstubAllEnvs()
})

describe.each(bundledModels().map((model) => [model.manifest.id, model.precision, model] as const))(
  '%s %s',
  (_id, _precision, model) => {
    it.each<Provider>(['cpu', 'wasm'])(
      'gives its golden outputs on %s',
      { timeout: 120_000 },
      async (provider) => {
        const trial = await engine.trial(model, provider)
        expect(trial.fault).toBeNull()
        expect(trial.passed).toBe(true)
      },
    )

    // whole numbers are for the processor: a graphics card runs the first file
    const first = model.manifest.weights[0]?.precision === model.precision
    it.runIf(first)('gives its golden outputs on webgpu', { timeout: 600_000 }, async ({ skip }) => {
      const trial = await engine.trial(model, 'webgpu')
      if (trial.fault?.code === 'PROVIDER_REFUSED') {
        skip(`Not run: this computer offers no WebGPU (${trial.fault.received}).`)
      }
      expect(trial.fault).toBeNull()
      expect(trial.passed).toBe(true)
    })
  },
)
