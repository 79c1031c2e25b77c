import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { DecodeJobs, SessionJobs } from '../work/jobs'
import { WorkerPool } from './worker-pool'

/** The engine's worker threads. */
export interface Threads {
  /** One for display that never decodes for scoring, so that a person need not wait; the rest work beside the sessions. */
  decoders: WorkerPool<DecodeJobs>
  /** Own a session each; two fill the cores better than one session with twice the threads. */
  sessions: WorkerPool<SessionJobs>
}

/**
 * @param folder where the built worker entries lie
 * @param cores threads for inference in all
 * @param decoding threads that decode ahead of the sessions
 */
export function startThreads(
  folder: string,
  {
    cores = availableParallelism(),
    decoding = Math.max(1, Math.floor(cores / 4)),
  }: { cores?: number; decoding?: number },
): Threads {
  const rewriting = ['deidentify-preview', 'burned-in', 'deidentify', 'traits'] as const
  // last of all: a picture of an export is seldom waited for
  const exporting = ['variant-shapes', 'variant', 'label-images', 'picture'] as const
  const display = ['frame', 'thumbnail', 'headers', 'inspect', ...rewriting, ...exporting] as const
  const scoring = [
    'finish',
    'merge',
    'probe',
    'survey',
    'prepare',
    'headers',
    'inspect',
    ...rewriting,
    ...exporting,
  ] as const
  const kinds = [display, ...Array.from({ length: decoding }, () => scoring)]
  const count = cores >= 2 ? 2 : 1
  return {
    decoders: new WorkerPool<DecodeJobs>(join(folder, 'decode-worker.js'), kinds),
    sessions: new WorkerPool<SessionJobs>(
      join(folder, 'session-worker.js'),
      Array.from(
        { length: count },
        () => ['trial', 'answers', 'load', 'activation', 'occlude', 'run'] as const,
      ),
      { threads: Math.max(1, Math.floor(cores / count)) },
    ),
  }
}
