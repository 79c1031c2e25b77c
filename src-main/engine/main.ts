import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LeptonError } from '#shared/domain/fault'
import { loadNative, type Native } from './child/providers'
import { Router } from './child/router'
import { startThreads } from './child/threads'
import { openTransport } from './child/transport'

/** How often the host is told of the memory in use, in milliseconds. */
const MEMORY_EVERY = 500

const { values } = parseArgs({ options: { threads: { type: 'string' } } })
const threads = Number(values.threads)
const transport = openTransport()

let native: Promise<Native | LeptonError> | null = null
/** Loads ONNX Runtime when it is first needed, and tells the host which one it is. */
function runtime(): Promise<Native | LeptonError> {
  native ??= loadNative().then((loaded) => {
    transport.send({ type: 'ready', onnxruntime: loaded instanceof LeptonError ? null : loaded.version })
    return loaded
  })
  return native
}

const router = new Router(
  startThreads(dirname(fileURLToPath(import.meta.url)), threads > 0 ? { cores: threads } : {}),
  runtime,
  transport.send,
)
transport.receive((message) => router.receive(message))
setInterval(() => transport.send({ type: 'memory', bytes: process.memoryUsage.rss() }), MEMORY_EVERY)
