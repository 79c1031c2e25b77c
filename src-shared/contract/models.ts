import { z } from 'zod'
import { fault } from '../domain/fault'
import { modelManifest } from '../domain/model-manifest/index'
import { provider, providerTrial } from '../domain/provider'
import { procedure } from './base'

const named = z.object({ id: z.string(), version: z.string() })

/** A model package on this computer. */
export const installedModel = z.object({
  manifest: modelManifest,
  active: z.boolean(),
  bundled: z.boolean(),
  sizeBytes: z.number(),
  /** Why the package cannot be used (a wrong hash, say); null when it is sound. */
  fault: fault.nullable(),
  /** Trials on this computer, in provider order; empty before the first. */
  trials: z.array(providerTrial),
  /** The provider that scoring will use; null before the first trial or when all refused. */
  chosen: provider.nullable(),
})
export type InstalledModel = z.infer<typeof installedModel>

export const modelsContract = {
  list: procedure.route({ method: 'GET', path: '/models' }).output(z.array(installedModel)),
  /** Folders with a manifest that cannot be read, and why; never used. */
  faulty: procedure
    .route({ method: 'GET', path: '/faulty-models' })
    .output(z.array(z.object({ folder: z.string(), fault }))),
  get: procedure
    .route({ method: 'GET', path: '/models/{id}/{version}' })
    .input(named)
    .output(installedModel.extend({ card: z.string() })),
  /** Checks every hash and runs the golden self-test on each provider of this computer. */
  verify: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/verify' })
    .input(named)
    .output(installedModel),
  /** Makes this the version that scoring picks by itself, or stops it from being picked. */
  setActive: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/active' })
    .input(named.extend({ active: z.boolean() }))
    .output(installedModel),
}
