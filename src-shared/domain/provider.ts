import { z } from 'zod'
import { fault } from './fault'

/** Where a model can run. The first of these that passes the model's golden self-test is used. */
export const provider = z.enum(['coreml', 'directml', 'cuda', 'webgpu', 'cpu', 'wasm'])
export type Provider = z.infer<typeof provider>

/** A provider's trial with one model: passed with its time, or refused with the reason. */
export const providerTrial = z.object({
  provider,
  passed: z.boolean(),
  /** Median time of one golden run, in milliseconds. */
  milliseconds: z.number().nullable(),
  /** Largest absolute difference from the golden output. */
  maxDifference: z.number().nullable(),
  fault: fault.nullable(),
  /** ISO time. */
  testedAt: z.string(),
})
export type ProviderTrial = z.infer<typeof providerTrial>
