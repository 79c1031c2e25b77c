import { z } from 'zod'
import { fault } from '../domain/fault'
import { precision } from '../domain/model-manifest/files'
import { modelManifest, task } from '../domain/model-manifest/index'
import { label, labelGroup } from '../domain/model-manifest/labels'
import { provider, providerTrial } from '../domain/provider'
import { procedure } from './base'
import { wizardContract } from './model-wizard'

const named = z.object({ id: z.string(), version: z.string() })

/** A provider's trial with one file of a network. */
export const modelTrial = providerTrial.extend({ precision })
export type ModelTrial = z.infer<typeof modelTrial>

/** A model package on this computer. */
export const installedModel = z.object({
  manifest: modelManifest,
  /** Its version is the one in use of its id. */
  active: z.boolean(),
  /** False for models that are used in other ways than by scoring: embeddings and promptable ones. */
  scores: z.boolean(),
  bundled: z.boolean(),
  /** Where the package lies on this computer. */
  folder: z.string(),
  /** ISO time. */
  installedAt: z.string(),
  sizeBytes: z.number(),
  /** Bytes of each file the manifest names; 0 where it is missing. */
  sizes: z.record(z.string(), z.number()),
  /** Why the package cannot be used (a wrong hash, say); null when it is sound. */
  fault: fault.nullable(),
  /** The weights that are used unless others are asked for. */
  precision,
  /** Trials on this computer, by precision in the manifest's order, then by provider; empty before the first. */
  trials: z.array(modelTrial),
  /** The provider that scoring will use with `precision`; null before the first trial or when all refused. */
  chosen: provider.nullable(),
  /** What one roll-back would bring back; null where there is nothing to go back to. */
  rollback: z
    .object({
      /** Null: no version of this id was in use before. */
      version: z.string().nullable(),
    })
    .nullable(),
})
export type InstalledModel = z.infer<typeof installedModel>

/** A package to install, in a folder or a ZIP: on this computer, or uploaded (`routes.upload`) and not finished. */
export const packageSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1) }),
  z.object({ kind: z.literal('upload'), batch: z.string().regex(/^[\w-]{1,64}$/) }),
])
export type PackageSource = z.infer<typeof packageSource>

/** The models that scoring may take by itself for one kind of image and one task. */
export const scoringChoice = z.object({
  domain: modelManifest.shape.fits.shape.domain,
  /** Null: any. Photographs are PHOTO. */
  modality: z.string().nullable(),
  task,
  /** `id@version`, the one that is taken first; the last to be activated leads. */
  models: z.array(z.string()).min(1),
})
export type ScoringChoice = z.infer<typeof scoringChoice>

/** What a model calls what it finds; kept after its package was removed. */
export const knownLabels = z.object({
  model: named,
  labels: z.array(label),
  groups: z.array(labelGroup),
  installed: z.boolean(),
})
export type KnownLabels = z.infer<typeof knownLabels>

export const modelsContract = {
  list: procedure.route({ method: 'GET', path: '/models' }).output(z.array(installedModel)),
  /** Folders with a manifest that cannot be read, and why; never used. */
  faulty: procedure
    .route({ method: 'GET', path: '/faulty-models' })
    .output(z.array(z.object({ folder: z.string(), bundled: z.boolean(), fault }))),
  /** Deletes one of the folders that `faulty` lists, bundled ones excepted. */
  discard: procedure
    .route({ method: 'DELETE', path: '/faulty-models' })
    .input(z.object({ folder: z.string() }))
    .output(z.object({ discarded: z.boolean() })),
  /** `card` is Markdown; empty where the package has none. */
  get: procedure
    .route({ method: 'GET', path: '/models/{id}/{version}' })
    .input(named)
    .output(installedModel.extend({ card: z.string() })),
  /** Labels of every model that was ever met here. */
  knownLabels: procedure.route({ method: 'GET', path: '/model-labels' }).output(z.array(knownLabels)),
  /** What scoring takes by itself, by kind of image and task. */
  choices: procedure.route({ method: 'GET', path: '/model-choices' }).output(z.array(scoringChoice)),
  /**
   * Checks a package, runs its self-test on the processor and installs it; `already` where the very same is there.
   * It is not in use before it is activated.
   */
  add: procedure
    .route({ method: 'POST', path: '/models' })
    .input(z.object({ source: packageSource, activate: z.boolean().default(false) }))
    .output(z.object({ model: installedModel, already: z.boolean() })),
  /** Takes a package from this computer, bundled ones excepted; what it found stays. */
  remove: procedure
    .route({ method: 'DELETE', path: '/models/{id}/{version}' })
    .input(named)
    .output(z.object({ removed: z.boolean() })),
  /** Checks every file and runs the golden self-test of each precision on each provider of this computer. */
  verify: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/verify' })
    .input(named)
    .output(installedModel),
  /** Times the golden input with each precision on each provider of this computer. */
  bench: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/bench' })
    .input(named)
    .output(installedModel),
  /** Makes this the version in use and the first that scoring takes for its task, or stops it from being used. */
  setActive: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/active' })
    .input(named.extend({ active: z.boolean() }))
    .output(installedModel),
  /** One step back in the history of what was in use of an id; the version then in use, null where none is. */
  rollback: procedure
    .route({ method: 'POST', path: '/models/{id}/rollback' })
    .input(z.object({ id: z.string() }))
    .output(z.object({ active: installedModel.nullable() })),
  /** Which weights are used unless others are asked for; null: the manifest's first. */
  setPrecision: procedure
    .route({ method: 'POST', path: '/models/{id}/{version}/precision' })
    .input(named.extend({ precision: precision.nullable() }))
    .output(installedModel),
  wizard: wizardContract,
}
