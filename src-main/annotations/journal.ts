import { z } from 'zod'
import type { UndoState } from '#shared/contract/annotations'
import {
  type Annotation,
  type AnnotationAction,
  type AnnotationChange,
  actionKind,
  annotationChange,
} from '#shared/domain/annotation/annotation'
import { ChangeCheck, idOf } from './check-change'
import { changedByOther, sameContent } from './conflict'
import type { AnnotationStore, Step } from './store'

export const storedChanges = z.array(annotationChange)

interface ActionRow {
  sequence: number
  kind: string
  changes: string
}

/** What a step touched. */
export interface Touched {
  studyId: number
  reader: string
  ids: string[]
}

/**
 * Actions in order. Each is done in one transaction with everything it changes, and nothing is told before that is
 * on the disk (`synchronous = FULL`). Undo and redo do not trust revisions, which go on counting, but contents: an
 * action is taken back only where what it left is still what is there.
 */
export class Journal {
  readonly #store: AnnotationStore
  readonly #check: ChangeCheck
  readonly #known
  readonly #insert
  readonly #discard
  readonly #settle
  readonly #lastDone
  readonly #firstUndone

  constructor(store: AnnotationStore) {
    const { database } = store
    this.#store = store
    this.#check = new ChangeCheck(database)
    this.#known = database
      .prepare<[string], string>('SELECT changes FROM annotation_actions WHERE id = ?')
      .pluck()
    this.#insert = database.prepare<[string, number, string, string, string, string]>(
      `INSERT INTO annotation_actions (id, study_id, reader, kind, changes, acted_at) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#discard = database.prepare<[number, string]>(
      `UPDATE annotation_actions SET standing = 'discarded' WHERE study_id = ? AND reader = ? AND standing = 'undone'`,
    )
    this.#settle = database.prepare<[string, number]>(
      'UPDATE annotation_actions SET standing = ? WHERE sequence = ?',
    )
    this.#lastDone = database.prepare<[number, string], ActionRow>(
      `SELECT sequence, kind, changes FROM annotation_actions
       WHERE study_id = ? AND reader = ? AND standing = 'done' ORDER BY sequence DESC LIMIT 1`,
    )
    this.#firstUndone = database.prepare<[number, string], ActionRow>(
      `SELECT sequence, kind, changes FROM annotation_actions
       WHERE study_id = ? AND reader = ? AND standing = 'undone' ORDER BY sequence LIMIT 1`,
    )
  }

  /** @throws INPUT_INVALID, NOT_FOUND, ANNOTATION_CHANGED */
  apply(action: AnnotationAction): Touched {
    const { id, studyId, reader, kind } = action
    return this.#transaction(() => {
      const before = this.#known.get(id)
      if (before !== undefined)
        return { studyId, reader, ids: idsOf(storedChanges.parse(JSON.parse(before))) }
      this.#check.action(action)
      const at = new Date().toISOString()
      const changes = action.changes.map((change) => this.#settled(change, at))
      this.#discard.run(studyId, reader)
      const { lastInsertRowid } = this.#insert.run(id, studyId, reader, kind, JSON.stringify(changes), at)
      const step: Step = { action: Number(lastInsertRowid), how: 'done', at }
      for (const change of changes) this.#write(change.before, change.after, step)
      return { studyId, reader, ids: idsOf(changes) }
    })
  }

  /** @throws ANNOTATION_CHANGED where somebody else has changed what the action left */
  undo(studyId: number, reader: string): Touched | null {
    return this.#transaction(() => {
      const row = this.#lastDone.get(studyId, reader)
      if (!row) return null
      const changes = storedChanges.parse(JSON.parse(row.changes))
      const step: Step = { action: row.sequence, how: 'undone', at: new Date().toISOString() }
      for (const { before, after } of changes) this.#turn(after, before, step)
      this.#settle.run('undone', row.sequence)
      return { studyId, reader, ids: idsOf(changes) }
    })
  }

  /** @throws ANNOTATION_CHANGED where somebody else has changed what undoing left */
  redo(studyId: number, reader: string): Touched | null {
    return this.#transaction(() => {
      const row = this.#firstUndone.get(studyId, reader)
      if (!row) return null
      const changes = storedChanges.parse(JSON.parse(row.changes))
      const step: Step = { action: row.sequence, how: 'redone', at: new Date().toISOString() }
      for (const { before, after } of changes) this.#turn(before, after, step)
      this.#settle.run('done', row.sequence)
      return { studyId, reader, ids: idsOf(changes) }
    })
  }

  undoable(studyId: number, reader: string): UndoState {
    const undo = this.#lastDone.get(studyId, reader)
    const redo = this.#firstUndone.get(studyId, reader)
    return {
      undo: undo ? actionKind.parse(undo.kind) : null,
      redo: redo ? actionKind.parse(redo.kind) : null,
    }
  }

  /** The change as it will be kept: what is stored before, and after it the next revision. */
  #settled(change: AnnotationChange, at: string): AnnotationChange {
    const id = idOf(change)
    const stored = this.#store.find(id)
    if ((stored?.revision ?? null) !== (change.before?.revision ?? null)) {
      throw changedByOther(this.#store, id, change.before)
    }
    const { after } = change
    if (!after) return { before: stored, after: null }
    const createdAt = stored?.createdAt ?? at
    return {
      before: stored,
      after: { ...after, revision: this.#store.nextRevision(id), createdAt, updatedAt: at },
    }
  }

  #turn(from: Annotation | null, to: Annotation | null, step: Step): void {
    const id = idOf({ before: from, after: to })
    const stored = this.#store.find(id)
    if (!sameContent(stored, from)) throw changedByOther(this.#store, id, from)
    this.#write(stored, to && { ...to, revision: this.#store.nextRevision(id), updatedAt: step.at }, step)
  }

  #write(before: Annotation | null, after: Annotation | null, step: Step): void {
    if (after) this.#store.put(after, step)
    else if (before) this.#store.drop(before, step)
  }

  #transaction<T>(work: () => T): T {
    return this.#store.database.transaction(work).immediate()
  }
}

const idsOf = (changes: readonly AnnotationChange[]) => changes.map(idOf)
