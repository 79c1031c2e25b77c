import { readFileSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { randomStream } from '#main/samples/random'
import { type FaultCode, faultOf } from '#shared/domain/fault'
import type { Engine } from '../../types'
import { mutated } from './mutations'

/** A damaged file that was not answered as it must be. */
export interface FuzzFinding {
  file: string
  seed: number
  round: number
  how: string[]
  answer: Answer
}

interface Answer {
  code: string
  received: string
}

export interface FuzzReport {
  rounds: number
  /** How often each answer came; `picture` where one could be decoded after all. */
  answers: Map<string, number>
  findings: FuzzFinding[]
  mostMemoryBytes: number
}

/** Answers that no file may bring about: a crash, a hang, an error nobody foresaw. */
const FORBIDDEN: readonly FaultCode[] = ['INTERNAL', 'ENGINE_CRASHED', 'ENGINE_TIMEOUT']

/** Damaged files that are under way together. */
const TOGETHER = 6

export interface FuzzOptions {
  engine: Engine
  /** Whole files to damage. */
  files: readonly string[]
  /** For the damaged ones. */
  folder: string
  seed: number
  /** The first round; a finding names its own, so that it can be done again. */
  from?: number
  rounds: number
  /** Milliseconds after which no new round begins. */
  time: number
}

/** Damages files at random, the same for the same seed and round, and has the engine read and decode them. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { engine, from = 0, rounds, time } = options
  const report: FuzzReport = { rounds: 0, answers: new Map(), findings: [], mostMemoryBytes: 0 }
  const until = Date.now() + time
  let next = from
  const work = async () => {
    while (next < from + rounds && Date.now() < until) {
      const round = next++
      await attempt(options, round, report)
      report.rounds++
      report.mostMemoryBytes = Math.max(report.mostMemoryBytes, engine.status().memoryBytes ?? 0)
    }
  }
  await Promise.all(Array.from({ length: TOGETHER }, work))
  return report
}

async function attempt(
  { engine, files, folder, seed }: FuzzOptions,
  round: number,
  report: FuzzReport,
): Promise<void> {
  const random = randomStream(seed, round)
  const file = files[random.below(files.length)]
  if (file === undefined) return
  const { bytes, how } = mutated(readFileSync(file), random)
  const path = join(folder, `${round}${extname(file)}`)
  writeFileSync(path, bytes)
  for (const answer of await answersOf(engine, path)) {
    report.answers.set(answer.code, (report.answers.get(answer.code) ?? 0) + 1)
    if (FORBIDDEN.some((code) => code === answer.code)) {
      report.findings.push({ file: basename(file), seed, round, how, answer })
    }
  }
}

/** How the engine answers for the header, the first frame and the thumbnail of a file. */
async function answersOf(engine: Engine, path: string): Promise<Answer[]> {
  const answers: Answer[] = []
  for await (const result of engine.headers([path])) {
    answers.push('fault' in result ? result.fault : { code: 'header', received: '' })
  }
  const source = { path, frame: 0 }
  answers.push(await answerOf(engine.frame(source), 'picture'))
  answers.push(await answerOf(engine.thumbnail(source, 64), 'thumbnail'))
  return answers
}

async function answerOf(answer: Promise<unknown>, good: string): Promise<Answer> {
  return answer.then(
    () => ({ code: good, received: '' }),
    (error: unknown) => faultOf(error),
  )
}
