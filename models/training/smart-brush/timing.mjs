/**
 * Milliseconds of one pass of the brush in WebAssembly, as the application's windows run it.
 *
 *     node timing.mjs model.onnx THREADS [ROUNDS]
 *
 * Needs the repository's node_modules. Prints as JSON the fastest and the median by the clock, and the least
 * processor time of all threads together, which other work on the computer hardly changes.
 */
import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-web'

const [file, threads, rounds = '20'] = process.argv.slice(2)
const shape = [1, 3, 256, 256]
const values = new Float32Array(3 * 256 * 256).map((_, at) => Math.sin(at * 0.37))

ort.env.wasm.numThreads = Number(threads)
const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(file)), {
  executionProviders: ['wasm'],
})
const feeds = { image: new ort.Tensor('float32', values, shape), prompt: new ort.Tensor('float32', values, shape) }
await session.run(feeds)
const times = []
const processor = []
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage()
  const begun = performance.now()
  await session.run(feeds)
  times.push(performance.now() - begun)
  const { user, system } = process.cpuUsage(before)
  processor.push((user + system) / 1000)
}
times.sort((a, b) => a - b)
console.log(
  JSON.stringify({ best: times[0], median: times[times.length >> 1], processor: Math.min(...processor) }),
)
process.exit(0)
