import { createHash } from 'node:crypto'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'

export interface HashedImage {
  /** Key of the file, e.g. `sha256:…` or `sop:…`. */
  identity: string
  frame: number
  sha256: string | null
  annotations: readonly Annotation[]
}

/**
 * SHA-256 over what a version holds, the same on every computer: a line for each image (identity, frame, SHA-256 of its
 * file) followed by one for each annotation (id, revision, SHA-256 of reader, label, shape, attributes, state and note),
 * images by identity and frame, annotations by id, and the keys of the labels at the end.
 */
export function versionHash(images: readonly HashedImage[], labels: readonly SchemaLabel[]): string {
  const hash = createHash('sha256')
  const ordered = images.toSorted((a, b) => compare(a.identity, b.identity) || a.frame - b.frame)
  for (const { identity, frame, sha256, annotations } of ordered) {
    hash.update(`${identity} ${frame} ${sha256 ?? '-'}\n`)
    for (const one of annotations.toSorted((a, b) => compare(a.id, b.id))) {
      hash.update(`  ${one.id} ${one.revision} ${contentHash(one)}\n`)
    }
  }
  hash.update(labels.map(({ key }) => key).join('\n'))
  return hash.digest('hex')
}

/** What counts as the content of an annotation. */
export function contentHash({ reader, label, shape, attributes, state, note }: Annotation): string {
  const content = JSON.stringify([reader, label, shape, Object.entries(attributes).sort(), state, note])
  return createHash('sha256').update(content).digest('hex')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
