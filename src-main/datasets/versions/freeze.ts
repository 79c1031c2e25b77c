import type { Annotations } from '#main/annotations/types'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { DataSetVersion } from '#shared/contract/datasets'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import { LeptonError } from '#shared/domain/fault'
import type { Members } from '../members/members'
import type { StoredSet } from '../store'
import { fileHashes } from './file-hashes'
import { versionHash } from './version-hash'
import type { FrozenImage, VersionStore } from './version-store'

export interface FreezeDeps {
  library: Pick<Library, 'imageSource'>
  annotations: Pick<Annotations, 'schemas' | 'schema'>
  models: Pick<Models, 'knownLabels'>
  members: Members
  versions: VersionStore
}

/** Keeps what a set holds now as its next version. @throws INPUT_INVALID for an empty set */
export async function freeze(deps: FreezeDeps, set: StoredSet, note: string): Promise<DataSetVersion> {
  const images = await imagesNow(deps, set)
  if (images.length === 0) {
    throw new LeptonError('INPUT_INVALID', {
      expected: 'a data set with pictures',
      received: `${set.name}, whose question finds none`,
    })
  }
  const labels = labelsOf(deps, set, images)
  const hash = versionHash(images, labels)
  const [newest] = deps.versions.list(set.id)
  if (newest?.hash === hash) return newest
  return deps.versions.insert({ dataSetId: set.id, hash, question: set.question, labels, note, images })
}

/** What a set holds now, as a version would. */
export async function imagesNow(
  { members, library }: Pick<FreezeDeps, 'members' | 'library'>,
  { id, question }: StoredSet,
): Promise<FrozenImage[]> {
  const own = members.all(question, id).filter(({ excluded }) => excluded === 0)
  const hashes = await fileHashes(own, (imageId) => library.imageSource(imageId).path)
  const annotations = members.annotations(question, own)
  return own.map(({ imageId, identity, frame, path, subject, study }) => ({
    imageId,
    identity,
    frame,
    path,
    subject,
    study,
    sha256: hashes.get(identity) ?? null,
    annotations: annotations.get(imageId) ?? [],
  }))
}

/** The labels of the set's schema in its order, then any other that is in use. */
function labelsOf(
  { annotations, models }: FreezeDeps,
  { schemaId }: StoredSet,
  images: readonly FrozenImage[],
): SchemaLabel[] {
  const used = new Set(images.flatMap((image) => image.annotations.map(({ label }) => label)))
  const own = schemaId === null ? null : annotations.schema(schemaId)
  const schemas = own ? [own] : annotations.schemas().map(({ id }) => annotations.schema(id))
  const labels = new Map<string, SchemaLabel>()
  for (const schema of schemas) {
    for (const label of schema.labels) {
      if (!labels.has(label.key) && (own || used.has(label.key))) labels.set(label.key, label)
    }
  }
  const known = models.knownLabels().flatMap((model) => model.labels)
  for (const key of [...used].sort()) {
    if (labels.has(key)) continue
    const look = known.find(({ id }) => id === key)
    labels.set(key, {
      key,
      name: look?.name ?? { en: key, zh: key },
      colour: look?.colour.toLowerCase() ?? '#4cc2ff',
      hotKey: null,
      code: look?.code ?? null,
      tools: [],
      attributes: [],
    })
  }
  return [...labels.values()]
}
