import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { contentUuid } from '../content-id'
import type { ImportedAnnotation, ReadContext } from '../types'
import { IMPORTED_SCHEMA, type LabelMatcher } from './label-matcher'

/** Annotations of one action: few enough for an undo that answers at once. */
const AT_ONCE = 500

interface KeeperDeps {
  database: Database
  annotations: Pick<Annotations, 'apply' | 'schemas' | 'schema' | 'saveSchema'>
  labels: LabelMatcher
  /** Where the file names nobody. */
  reader: string
  /** Of the file that is read. */
  path: string
  failed: ReadContext['failed']
}

/** Keeps what a file says; what was kept from an equal annotation before is not kept twice. */
export class Keeper {
  /** Annotations the file held. */
  seen = 0
  readonly #deps: KeeperDeps
  readonly #waiting = new Map<number, Annotation[]>()
  readonly #exists

  constructor(deps: KeeperDeps) {
    this.#deps = deps
    this.#exists = deps.database.prepare<[string], number>('SELECT 1 FROM annotations WHERE id = ?').pluck()
  }

  add(imported: ImportedAnnotation): void {
    this.seen++
    const annotation = this.#annotationOf(imported)
    const group = annotation.studyId
    const waiting = this.#waiting.get(group) ?? []
    this.#waiting.set(group, waiting)
    if (this.#exists.get(annotation.id) || waiting.some(({ id }) => id === annotation.id)) return
    if (waiting.push(annotation) >= AT_ONCE) this.#write(group, waiting)
  }

  flush(): void {
    for (const [group, annotations] of this.#waiting) this.#write(group, annotations)
  }

  #write(group: number, annotations: readonly Annotation[]): void {
    this.#waiting.delete(group)
    this.#saveLabels()
    try {
      this.#apply(annotations)
    } catch (error) {
      if (!(error instanceof LeptonError) || error.code !== 'INPUT_INVALID') throw error
      // one that cannot be must not take the others with it
      for (const annotation of annotations) this.#applyOne(annotation)
    }
  }

  #applyOne(annotation: Annotation): void {
    try {
      this.#apply([annotation])
    } catch (error) {
      this.#deps.failed(annotation.label, error)
    }
  }

  #apply(annotations: readonly Annotation[]): void {
    const [first] = annotations
    if (!first) return
    this.#deps.annotations.apply({
      id: crypto.randomUUID(),
      studyId: first.studyId,
      reader: this.#deps.reader,
      kind: 'import',
      changes: annotations.map((after) => ({ before: null, after })),
    })
  }

  /** Labels are known before anything bears them. */
  #saveLabels(): void {
    const { annotations, labels } = this.#deps
    const added = labels.takeAdded()
    if (added.length === 0) return
    const newest = annotations.schemas().some(({ id }) => id === IMPORTED_SCHEMA)
      ? annotations.schema(IMPORTED_SCHEMA)
      : null
    annotations.saveSchema({
      format: 'lepton-label-schema',
      formatVersion: 1,
      id: IMPORTED_SCHEMA,
      version: newest?.version ?? 1,
      name: newest?.name ?? { en: 'Imported', zh: '导入的标签' },
      labels: [...(newest?.labels ?? []), ...added],
    })
  }

  #annotationOf({
    image,
    studyId,
    label,
    shape,
    attributes,
    object,
    ...imported
  }: ImportedAnnotation): Annotation {
    const { labels, path } = this.#deps
    const reader = imported.reader?.trim() || this.#deps.reader
    const key = labels.keyOf(label)
    const place = image ? `image ${image.imageId}` : `study ${studyId}`
    const what = JSON.stringify([reader, key, shape, object])
    const now = new Date().toISOString()
    const content = `imported ${place} ${what}`
    // names that are the same the world over need no file to tell them apart
    const within = object?.startsWith('urn:') ? '' : path
    return {
      id: contentUuid(content),
      studyId,
      seriesId: image?.seriesId ?? null,
      imageId: image?.imageId ?? null,
      objectId: contentUuid(
        object === null ? `object of ${content}` : `object ${studyId} ${within} ${object}`,
      ),
      reader,
      label: key,
      shape,
      attributes,
      state: 'imported',
      origin: null,
      note: imported.note,
      revision: 0,
      createdAt: now,
      updatedAt: now,
    }
  }
}
