import { ORPCError } from '@orpc/client'
import { client } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import type { Applied, Decision } from '#shared/contract/annotations'
import type { AnnotationAction, AnnotationChange } from '#shared/domain/annotation/annotation'
import { put, putChanges, useAnnotations } from '../state/annotations'
import { reload } from './load'
import { isPending, pending, type Step } from './pending'

let sending = false
/** The last attempt found no server. */
let away = false

/** Shows an action at once and saves it; nothing is called saved before the answer. */
export function perform(action: AnnotationAction): void {
  putChanges(action.changes)
  enqueue({ kind: 'action', studyId: action.studyId, action })
}

export const decide = (decision: Decision) =>
  enqueue({ kind: 'decision', studyId: decision.studyId, decision })

export const undo = (studyId: number, reader: string) => enqueue({ kind: 'undo', studyId, reader })
export const redo = (studyId: number, reader: string) => enqueue({ kind: 'redo', studyId, reader })

function enqueue(step: Step): void {
  pending.steps = [...pending.steps, step]
  tell()
  if (!sending) void sendAll()
}

/** Sends one after another; while the server is away they are kept and sent again, with growing pauses. */
async function sendAll(): Promise<void> {
  sending = true
  let pause = 250
  for (let step = pending.steps[0]; step; step = pending.steps[0]) {
    try {
      const answer = await send(step)
      away = false
      pending.steps = pending.steps.slice(1)
      pause = 250
      useAnnotations.setState({ refused: null })
      if (answer) settle(step.studyId, answer)
      tell()
    } catch (error) {
      if (isAnswer(error)) {
        away = false
        await refuse(step, error)
        continue
      }
      away = true
      tell()
      // an undo whose answer was lost must not be done twice
      if (step.kind === 'undo' || step.kind === 'redo') pending.steps = pending.steps.slice(1)
      await new Promise((resolve) => setTimeout(resolve, pause))
      pause = Math.min(pause * 2, 4_000)
    }
  }
  sending = false
  tell()
}

/**
 * Whether an error is an answer, though not the one hoped for. Anything else means that the server is away, as do a
 * server that was started anew and does not know this window, and one that is being started.
 */
const isAnswer = (error: unknown) =>
  error instanceof ORPCError && ![401, 403, 502, 503, 504].includes(error.status)

function send(step: Step): Promise<Applied | null> {
  switch (step.kind) {
    case 'action':
      return client.annotations.apply(step.action)
    case 'decision':
      return client.annotations.decide(step.decision)
    case 'undo':
      return client.annotations.undo(step)
    case 'redo':
      return client.annotations.redo(step)
  }
}

/** Takes the answer in, and tells actions that were built on the guess what it became. */
function settle(studyId: number, { annotations, removed, undoable }: Applied): void {
  const stored = new Map(annotations.map((one) => [one.id, one]))
  const rebased = ({ before, after }: AnnotationChange): AnnotationChange => {
    const known = before && stored.get(before.id)
    return known
      ? { before: known, after: after && { ...after, revision: known.revision + 1 } }
      : { before, after }
  }
  pending.steps = pending.steps.map((step) =>
    step.kind === 'action'
      ? { ...step, action: { ...step.action, changes: step.action.changes.map(rebased) } }
      : step,
  )
  put(
    annotations.filter(({ id }) => !isPending(id)),
    removed.filter((id) => !isPending(id)),
  )
  useAnnotations.setState((state) => ({ undoable: new Map(state.undoable).set(studyId, undoable) }))
}

/**
 * What was refused is not done, nor what was built on it: the screen goes back to what is stored, and the person is
 * told who changed what.
 */
async function refuse(step: Step, error: unknown): Promise<void> {
  pending.steps = pending.steps.slice(1).filter((other) => other.studyId !== step.studyId)
  useAnnotations.setState({ refused: faultFrom(error) })
  tell()
  await reload(step.studyId).catch(() => undefined)
}

function tell(): void {
  const unsent = pending.steps.length
  useAnnotations.setState({ save: unsent === 0 ? 'saved' : away ? 'waiting' : 'saving', unsent })
}

window.addEventListener('beforeunload', (event) => {
  if (pending.steps.length > 0) event.preventDefault()
})
