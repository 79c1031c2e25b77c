import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Provider } from '#shared/domain/provider'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { bundledModels } from './testing/bundled-models'
import type { Engine } from './types'

let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 2, itemTimeoutMs: 580_000 })
}, 60_000)

afterAll(async () => {
  await engine.close()
  built.remove()
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

    // a software driver does as well: VK_DRIVER_FILES names Chromium's SwiftShader on the build machine
    it('gives its golden outputs on webgpu', { timeout: 600_000 }, async ({ skip }) => {
      const trial = await engine.trial(model, 'webgpu')
      if (trial.fault?.code === 'PROVIDER_REFUSED') {
        skip(`Not run: this computer offers no WebGPU (${trial.fault.received}).`)
      }
      expect(trial.fault).toBeNull()
      expect(trial.passed).toBe(true)
    })
  },
)
