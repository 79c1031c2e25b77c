import { faultOf } from '#shared/domain/fault'
import type { MergeRequest } from '../protocol'
import type { EnsembleTask, ImageResult, ScoreTask } from '../types'

type Scored = MergeRequest['results'][number]

/** What an ensemble asks of the engine. */
export interface MemberEngine {
  score(task: ScoreTask, onResult: (result: ImageResult) => void, signal: AbortSignal): Promise<void>
  merge(request: MergeRequest, signal: AbortSignal): Promise<ImageResult>
}

/** Members see at half of the threshold; what one of them hardly sees may count together. */
const SHARE = 0.5

/**
 * Scores every image with each member and hands over one answer for each. An image that a member fails on fails;
 * a member that cannot run at all ends the task.
 */
export async function scoreEnsemble(
  engine: MemberEngine,
  task: ScoreTask,
  { members, rule, manifest }: EnsembleTask,
  onResult: (result: ImageResult) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stop = new AbortController()
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const waiting = new Map<number, (ImageResult | undefined)[]>()
  const merging: Promise<void>[] = []
  const { outputs } = task.model.manifest
  const rules = { ...manifest, outputs, threshold: task.threshold }

  let failure: { error: unknown } | null = null

  const merge = async (answers: readonly ImageResult[]): Promise<ImageResult> => {
    const failed = answers.find(({ status }) => status === 'failed')
    if (failed) return failed
    const results = answers.filter((answer): answer is Scored => answer.status === 'scored')
    const { labels, groups, operatingPoint, threshold } = rules
    const request = { labels, groups, operatingPoint, outputs, threshold }
    return engine.merge({ kind: 'merge', results, rule, rules: request }, stopped)
  }

  const take = (member: number, result: ImageResult): void => {
    const answers = waiting.get(result.index) ?? members.map(() => undefined)
    answers[member] = result
    waiting.set(result.index, answers)
    const complete = answers.flatMap((answer) => answer ?? [])
    if (complete.length < members.length) return
    waiting.delete(result.index)
    const merged = merge(complete)
      .catch((error): ImageResult => ({ index: result.index, status: 'failed', fault: faultOf(error) }))
      .then((answer) => {
        if (!stopped.aborted) onResult(answer)
      })
      .catch((error) => {
        failure ??= { error }
        stop.abort()
      })
    merging.push(merged)
  }

  const { ensemble: _, ...alone } = task
  try {
    await Promise.all(
      members.map(({ model, provider }, member) => {
        const of = { ...alone, model, provider, threshold: task.threshold * SHARE }
        return engine.score(of, (result) => take(member, result), stopped)
      }),
    )
    await Promise.all(merging)
  } catch (error) {
    stop.abort()
    throwIf(failure)
    throw error
  }
  throwIf(failure)
}

function throwIf(failure: { error: unknown } | null): void {
  if (failure) throw failure.error
}
