import { oc } from '@orpc/contract'
import { z } from 'zod'
import { fault } from '../domain/fault'

/** Every procedure may fail with one coded error; its data says what was expected, what came and what to do. */
export const procedure = oc.errors({ FAULT: { status: 422, data: fault } })

export const page = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
})

/** A path on this computer; longer ones no system knows. */
export const filePath = z.string().min(1).max(32_767)
