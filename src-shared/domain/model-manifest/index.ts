import { z } from 'zod'
import { photometric } from '../image'
import { metric, reliability, thresholdPoint } from './evidence'
import { precision, tensorSample, weights } from './files'
import { networkInput } from './input'
import { label, labelGroup } from './labels'
import { outputDecoding } from './outputs'
import { taught } from './taught'
import { bilingual, modelId, modelVersion, packagePath, sha256 } from './text'

export type { NetworkInput, SizePolicy } from './input'
export type { ModelLabel } from './labels'
export type { OutputDecoding } from './outputs'
export type { Bilingual } from './text'

/** What a model is for first of all; further outputs may add to it. */
export const task = z.enum([
  'classification',
  'multi-label',
  'detection',
  'segmentation',
  'embedding',
  'promptable-segmentation',
])
export type ModelTask = z.infer<typeof task>

/** What every package says, whatever it is made of. A field that the format does not know is refused, not passed over. */
const described = z.strictObject({
  /** Where an editor finds the JSON Schema. */
  $schema: z.string().optional(),
  format: z.literal('lepton-model'),
  formatVersion: z.literal(1, {
    error: 'this app reads format version 1; another needs another version of the app',
  }),
  id: modelId,
  version: modelVersion,
  name: bilingual,
  summary: bilingual,
  task,
  fits: z.strictObject({
    domain: z.enum(['medical', 'retail', 'any']),
    /** DICOM modalities; photographs are PHOTO. Empty: any. */
    modalities: z.array(z.string()),
    photometric: z.array(photometric),
    colour: z.enum(['grey', 'colour', 'any']),
    /** Empty: any body part. */
    bodyParts: z.array(z.string()),
    /** Pixel spacings in mm the model was tried on; absent: any. */
    spacing: z.strictObject({ least: z.number().positive(), greatest: z.number().positive() }).optional(),
  }),
  /** Empty for an embedding. */
  labels: z.array(label),
  groups: z.array(labelGroup).default([]),
  /**
   * The threshold findings are made with, and how it was chosen. In a classification: the probability from which
   * `label` is called before any other; without `label`, the least confidence for the likeliest to be called.
   */
  operatingPoint: z.strictObject({
    threshold: z.number().min(0).max(1),
    chosen: z.string(),
    label: z.string().optional(),
  }),
  postprocess: z
    .strictObject({
      /** Lesions of a volume below this are dropped. */
      minVolumeMm3: z.number().min(0).default(0),
      /** Lesions that nowhere reach this probability are dropped; from 0 to 1. */
      minPeakProbability: z.number().min(0).max(1).default(0),
      /** Lesions whose highest probability is below this share of the surest one's of their label are dropped. */
      minShareOfHighestPeak: z.number().min(0).max(1).default(0),
      /** Lesions smaller than this share of the largest one of their label in the series are dropped. */
      minShareOfLargest: z.number().min(0).max(1).default(0),
      /** Regions of a single picture below this are dropped. */
      minAreaPx: z.number().min(0).default(0),
      connectivity: z.literal(26).default(26),
    })
    .prefault({}),
  files: z.record(packagePath, sha256),
  licence: z.string(),
  attribution: z.string(),
  trainingData: z.string(),
  intendedUse: bilingual,
  limits: z.strictObject({ en: z.array(z.string()), zh: z.array(z.string()) }),
  metrics: z.array(metric),
  reliability: reliability.optional(),
  thresholds: z.array(thresholdPoint).optional(),
  taught: taught.optional(),
})

/** A network in one or more files: a package's manifest.json, format version 1. A model is data: adding one needs no code. */
export const networkManifest = described.extend({
  input: networkInput,
  outputs: z.array(outputDecoding).min(1),
  /** The first is used unless another is asked for. */
  weights: z.array(weights).min(1),
  golden: z.strictObject({ inputs: z.array(tensorSample).min(1) }),
})

/**
 * Several networks that answer together, each in a package of its own. `mean` averages probabilities, pixel by
 * pixel and label by label; `vote` counts what each calls; boxes are fused by weight in both and in
 * `weighted-boxes-fusion`, where probabilities are averaged, save that `vote` keeps only boxes which more than half
 * of the members see.
 */
export const ensembleRule = z.enum(['mean', 'vote', 'weighted-boxes-fusion'])
export type EnsembleRule = z.infer<typeof ensembleRule>

const ensembleMembers = z
  .array(z.strictObject({ id: modelId, version: modelVersion }))
  .min(2)
  .max(8)

export const ensembleManifest = described.extend({ members: ensembleMembers, rule: ensembleRule })
export type EnsembleManifest = z.infer<typeof ensembleManifest>

/**
 * A model as the app knows it: a network, or an ensemble completed with what its members have in common, where
 * `ensemble` names them.
 */
export const modelManifest = networkManifest.extend({
  ensemble: z
    .strictObject({
      members: ensembleMembers,
      rule: ensembleRule,
      /** One SHA-256 over the weights of all members, by precision. */
      weights: z.partialRecord(precision, sha256),
    })
    .optional(),
})
export type ModelManifest = z.infer<typeof modelManifest>

/** Any manifest.json: one that names members is an ensemble. */
export const packageManifest = z.union([networkManifest, ensembleManifest])
export type PackageManifest = z.infer<typeof packageManifest>

export function isEnsemble(manifest: PackageManifest): manifest is EnsembleManifest {
  return 'members' in manifest
}

/** `id@version`, the way a model is named on screens, in results and on the command line. */
export function modelName(model: { id: string; version: string }): string {
  return `${model.id}@${model.version}`
}
