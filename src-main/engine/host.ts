import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import { forkEngine, type SpawnEngine } from './host/engine-process'
import { type MemberEngine, scoreEnsemble } from './host/ensemble'
import { HeadersWork } from './host/headers-work'
import { ScoreWork } from './host/score-work'
import { SingleWork } from './host/single-work'
import { Supervisor } from './host/supervisor'
import type { Work } from './host/work'
import type { Answer, EngineRequest } from './protocol'
import type { Engine } from './types'

export type { EngineProcess, SpawnEngine } from './host/engine-process'

export interface EngineOptions {
  /** The built engine entry; its workers lie beside it. */
  entry?: string
  /** Resident memory above which the process is started afresh between two images; 1.5 GiB. */
  memoryLimitBytes?: number
  /** Threads for inference in all; one for each core. */
  threads?: number
  /** How to start the process; a forked Node process by default. */
  spawn?: SpawnEngine
  /** Time one image may take in one stage, in milliseconds; 60 s. */
  itemTimeoutMs?: number
}

/** Makes an engine whose process starts with the first request. */
export function startEngine(options: EngineOptions = {}): Engine {
  const { spawn = forkEngine, itemTimeoutMs = 60_000, memoryLimitBytes = 1.5 * 1024 ** 3 } = options
  const args = options.threads ? [`--threads=${options.threads}`] : []
  const entry = options.entry ?? builtEntry()
  const supervisor = new Supervisor({ spawn: () => spawn(entry, args), itemTimeoutMs, memoryLimitBytes })

  /** Starts a work and withdraws it when the signal says so; returns what withdraws it. */
  const begin = (work: Work, signal?: AbortSignal): (() => void) => {
    const ended = new AbortController()
    const withdraw = supervisor.start(work, () => ended.abort())
    if (signal?.aborted) withdraw()
    else signal?.addEventListener('abort', withdraw, { once: true, signal: ended.signal })
    return withdraw
  }

  const ask = async <Kind extends Answer['kind']>(
    kind: Kind,
    request: Extract<EngineRequest, { kind: Kind }>,
    signal?: AbortSignal,
  ): Promise<Extract<Answer, { kind: Kind }>> => {
    const work = new SingleWork(request)
    begin(work, signal)
    const answer = await work.answer
    if (isKind(answer, kind)) return answer
    throw new LeptonError('INTERNAL', { expected: kind, received: answer.kind })
  }

  const score: Engine['score'] = (task, onResult, signal) => {
    const work = new ScoreWork(task, onResult)
    const withdraw = begin(work, signal)
    work.settled.catch(withdraw)
    return work.settled
  }

  const members: MemberEngine = {
    score,
    merge: async (request, signal) => (await ask('merge', request, signal)).result,
  }

  return {
    headers(paths, signal) {
      const work = new HeadersWork(paths)
      begin(work, signal)
      return work.results()
    },
    async frame(source, signal) {
      return (await ask('frame', { kind: 'frame', source }, signal)).frame
    },
    async thumbnail(source, size, signal) {
      const { type, bytes } = await ask('thumbnail', { kind: 'thumbnail', source, size }, signal)
      return { type, bytes }
    },
    async traits(source, signal) {
      return (await ask('traits', { kind: 'traits', source }, signal)).traits
    },
    async writePicture(task, signal) {
      await ask('picture', { kind: 'picture', task }, signal)
    },
    async variant(source, variation, signal) {
      return (await ask('variant', { kind: 'variant', source, variation }, signal)).frame
    },
    async labelImages(task, signal) {
      return (await ask('label-images', { kind: 'label-images', task }, signal)).ends
    },
    async variantShapes(task, signal) {
      return (await ask('variant-shapes', { kind: 'variant-shapes', task }, signal)).shapes
    },
    async inspect(path, signal) {
      return (await ask('inspect', { kind: 'inspect', path }, signal)).inspection
    },
    score(task, onResult, signal) {
      if (task.ensemble) return scoreEnsemble(members, task, task.ensemble, onResult, signal)
      return score(task, onResult, signal)
    },
    async explain(model, provider, source, label, signal) {
      return (await ask('explain', { kind: 'explain', model, provider, source, label }, signal)).explanation
    },
    async deidentify(task, signal) {
      const { name, report, keys } = await ask('deidentify', { kind: 'deidentify', task }, signal)
      return { name, report, keys }
    },
    async previewDeidentified(task) {
      return (await ask('deidentify-preview', { kind: 'deidentify-preview', ...task })).lines
    },
    async burnedIn(path, signal) {
      const { likely, boxes } = await ask('burned-in', { kind: 'burned-in', path }, signal)
      return { likely, boxes }
    },
    async providers() {
      return (await ask('providers', { kind: 'providers' })).providers
    },
    async answers(model, provider) {
      return (await ask('answers', { kind: 'answers', model, provider })).tensors
    },
    async trial(model, provider) {
      try {
        return (await ask('trial', { kind: 'trial', model, provider })).trial
      } catch (error) {
        return refusedTrial(provider, error)
      }
    },
    status: () => supervisor.status(),
    async close() {
      supervisor.close()
    },
  }
}

function isKind<Kind extends Answer['kind']>(
  answer: Answer,
  kind: Kind,
): answer is Extract<Answer, { kind: Kind }> {
  return answer.kind === kind
}

/** A provider that ended or hung the process twice is refused, not fatal. */
function refusedTrial(provider: Provider, error: unknown): ProviderTrial {
  const { code, received } = faultOf(error)
  if (code === 'CANCELLED') throw error
  const fault = new LeptonError('PROVIDER_REFUSED', {
    expected: `a self-test on ${provider}`,
    received: `${code}${received && `: ${received}`}`,
  }).toFault()
  return {
    provider,
    passed: false,
    milliseconds: null,
    maxDifference: null,
    fault,
    testedAt: new Date().toISOString(),
  }
}

/** The built entry, whether this module itself was built into an entry or into a chunk below it. */
function builtEntry(): string {
  const [beside, above] = ['./engine.js', '../engine.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return beside && existsSync(beside) ? beside : (above ?? '')
}
