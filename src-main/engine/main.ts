import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LeptonError } from '#shared/domain/fault'
import { loadNative } from './child/providers'
import { Router } from './child/router'
import { startThreads } from './child/threads'
import { openTransport } from './child/transport'

/** How often the host is told of the memory in use, in milliseconds. */
const MEMORY_EVERY = 500

const { values } = parseArgs({ options: { threads: { type: 'string' } } })
const threads = Number(values.threads)
const transport = openTransport()
const native = loadNative()
const router = new Router(
  startThreads(dirname(fileURLToPath(import.meta.url)), threads > 0 ? { cores: threads } : {}),
  native,
  transport.send,
)
transport.receive((message) => router.receive(message))
setInterval(() => transport.send({ type: 'memory', bytes: process.memoryUsage.rss() }), MEMORY_EVERY)
const runtime = await native
transport.send({ type: 'ready', onnxruntime: runtime instanceof LeptonError ? null : runtime.version })
