import { ORPCError, os } from '@orpc/server'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'

/** The answer of every procedure that fails on purpose: the contract's FAULT with the coded reason. */
function asRpcError(error: unknown): unknown {
  if (!(error instanceof LeptonError)) return error
  return new ORPCError('FAULT', { status: 422, message: error.message, data: error.toFault() })
}

/** Middleware for every implemented contract: thrown LeptonErrors reach the caller with all their details. */
export const faults = os.middleware(async ({ next }) => {
  try {
    return await next()
  } catch (error) {
    throw asRpcError(error)
  }
})

/** The same for plain routes: JSON of the fault; 404 where something is not there, 422 otherwise. */
export function faultResponse(error: unknown): Response {
  const fault: Fault = faultOf(error)
  const missing = fault.code === 'NOT_FOUND' || fault.code === 'FILE_NOT_FOUND'
  return Response.json(fault, { status: missing ? 404 : fault.code === 'INTERNAL' ? 500 : 422 })
}
