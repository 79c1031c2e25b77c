import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { LeptonClient } from '#shared/contract/index'

/** Every procedure of the contract as a typed function; the same in the browser and in the desktop window. */
export const client: LeptonClient = createORPCClient(
  new RPCLink({ url: () => new URL('/rpc', window.location.href).href }),
)

/** The procedures as TanStack Query options and keys. */
export const api = createTanstackQueryUtils(client)
