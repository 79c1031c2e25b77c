import { arch, cpus, platform } from 'node:os'
import type { Engine } from '#main/engine/types'

/** Variables that put another graphics driver behind the same card. */
const DRIVER_VARIABLES = [
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'CUDA_VISIBLE_DEVICES',
  'LIBGL_ALWAYS_SOFTWARE',
]

/** Everything that may change what a self-test says, as one text: equal while old trials hold. */
export async function describeMachine(engine: Engine, appVersion: string): Promise<string> {
  const offers = await engine.providers()
  const processors = cpus()
  return JSON.stringify({
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    system: `${platform()}-${arch()}`,
    providers: offers.filter((offer) => offer.available).map((offer) => offer.provider),
    drivers: DRIVER_VARIABLES.map((name) => process.env[name] ?? ''),
    onnxruntime: engine.status().onnxruntime,
    app: appVersion,
  })
}
