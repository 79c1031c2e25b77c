import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { makeSample } from './index'

const { sample, folder } = z
  .object({ sample: z.enum(['thigh', 'shelf']), folder: z.string().min(1) })
  .parse(workerData)

await makeSample(sample, folder)
