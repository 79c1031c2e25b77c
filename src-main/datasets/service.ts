import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Jobs } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { NearPictures } from '#main/similarity/near/near-pictures'
import type { DataSet, DataSetPicture } from '#shared/contract/datasets'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { runCheck } from './checks/check-run'
import { FindingStore } from './checks/finding-store'
import { TraitStore } from './checks/trait-store'
import { frozenSet } from './frozen-set'
import { type Member, Members } from './members/members'
import { nextOf } from './queue/next'
import { SplitStore } from './splits/split-store'
import { describeSplit, splitVersion } from './splits/split-version'
import { asksForShapes, type Mark, passes } from './statistics/facets'
import { statisticsOf } from './statistics/statistics'
import { SetStore, type StoredSet } from './store'
import type { DataSets } from './types'
import { diffOf } from './versions/diff'
import { freeze, imagesNow } from './versions/freeze'
import { VersionStore } from './versions/version-store'

export interface DataSetsDeps {
  database: Database
  engine: Pick<Engine, 'traits'>
  jobs: Jobs
  library: Pick<Library, 'studyIds' | 'imageSource'>
  models: Pick<Models, 'knownLabels'>
  annotations: Pick<Annotations, 'schemas' | 'schema'>
  /** Near duplicates by vectors. */
  near: NearPictures
}

/** Registers the job `check`. */
export function createDataSets(deps: DataSetsDeps): DataSets {
  const { database, jobs, library } = deps
  const sets = new SetStore(database)
  const members = new Members(database, library)
  const versions = new VersionStore(database)
  const splits = new SplitStore(database)
  const traits = new TraitStore(database)
  const findings = new FindingStore(database)
  const splitDeps = { versions, splits, traits, near: deps.near }
  const freezeDeps = { ...deps, members, versions }
  jobs.register('check', (context) => runCheck({ ...deps, sets, members, traits, findings }, context))

  const described = (set: StoredSet): DataSet => {
    const { subjects: _, ...counts } = members.count(set.question, set.id)
    return { ...set, ...counts, newest: versions.list(set.id)[0] ?? null }
  }
  const now = (dataSetId: number) => {
    const { question } = sets.get(dataSetId)
    const all = members.all(question, dataSetId)
    return { all, annotations: members.annotations(question, all) }
  }
  /** The members a version holds, with the annotations it holds. */
  const then = (dataSetId: number, number: number) => {
    const frozen = new Map(
      versions.images(versions.find(dataSetId, number).id).map((image) => [image.imageId, image.annotations]),
    )
    const all = members.all({ annotated: 'both' }, dataSetId).filter(({ imageId }) => frozen.has(imageId))
    return { all, annotations: new Map([...frozen].filter(([, own]) => own.length > 0)) }
  }

  return {
    list: () => sets.all().map(described),
    get: (id) => described(sets.get(id)),
    named: (name) => described(sets.named(name)),
    create: (draft) => described(sets.get(sets.insert(draft))),
    update(id, draft) {
      sets.update(id, draft)
      return described(sets.get(id))
    },
    remove: (id) => sets.remove(id),
    ask(question) {
      const { images, annotated, subjects } = members.count(question)
      return { images, annotated, subjects }
    },
    choices: () => ({ labels: distinct(database, 'label'), readers: distinct(database, 'reader') }),
    pictures(id, filter, { offset, limit }) {
      const { question } = sets.get(id)
      const all = members.all(question, id)
      const marks = asksForShapes(filter)
        ? marksOf(members.annotations(question, all))
        : members.marks(question)
      const found = all.filter((member) => passes(member, marks.get(member.imageId) ?? [], filter))
      const items = found.slice(offset, offset + limit)
      return { total: found.length, items: items.map((member) => pictureOf(member, marks)) }
    },
    exclude: (id, imageIds, reason) => sets.exclude(id, imageIds, reason),
    include: (id, imageIds) => sets.include(id, imageIds),

    freeze: (id, note) => freeze(freezeDeps, sets.get(id), note),
    versions: (id) => versions.list(sets.get(id).id),
    async diff(id, from, to) {
      const of = (number: number) => versions.images(versions.find(id, number).id)
      return diffOf(of(from), to === 0 ? await imagesNow(freezeDeps, sets.get(id)) : of(to), { from, to })
    },

    split: (id, version, recipe) => splitVersion(splitDeps, versions.find(id, version).id, recipe),
    splits: (id, version) =>
      splits.list(versions.find(id, version).id).map((stored) => describeSplit(splitDeps, stored)),
    acknowledge(splitId) {
      splits.acknowledge(splitId)
      return describeSplit(splitDeps, splits.get(splitId))
    },

    check(id) {
      const { name } = sets.get(id)
      const request = { dataSetId: id }
      return { jobId: jobs.start({ kind: 'check', title: name, request, fingerprint: `check ${id}` }) }
    },
    findings(id, { kind, offset, limit }) {
      const done = jobs.findNewest(`check ${id}`)
      const checkedAt = done?.state === 'done' ? done.finishedAt : null
      return {
        counts: findings.counts(id),
        checkedAt,
        compared: findings.compared(id),
        ...findings.list(id, kind, offset, limit),
      }
    },
    settle(id, findingIds, how) {
      if (how === 'dismiss') return findings.settle(id, findingIds, 'dismissed')
      const imageIds = findings.imagesOf(id, findingIds)
      if (how === 'exclude') return sets.exclude(id, imageIds, 'check')
      sets.include(id, imageIds)
      return findings.settle(id, findingIds, 'open')
    },
    statistics(id, version) {
      const { all, annotations } = version === undefined ? now(id) : then(id, version)
      const own = version === undefined ? all.filter(({ excluded }) => excluded === 0) : all
      return statisticsOf(own, annotations)
    },
    next(id, query) {
      const { all, annotations } = now(id)
      const own = all.filter(({ excluded }) => excluded === 0)
      const byId = new Map(own.map((member) => [member.imageId, member]))
      const { items, ...rest } = nextOf(database, own, annotations, query)
      return {
        strategy: query.strategy,
        ...rest,
        items: items.flatMap(({ imageId, ...worth }) => {
          const member = byId.get(imageId)
          return member ? [{ ...pictureOf(member, annotations), ...worth }] : []
        }),
      }
    },

    frozen: (query) => frozenSet({ sets, versions, splits }, query),
  }
}

const marksOf = (annotations: ReadonlyMap<number, readonly Annotation[]>): Map<number, Mark[]> =>
  new Map(
    [...annotations].map(([imageId, own]) => [imageId, own.map((one) => ({ ...one, kind: one.shape.kind }))]),
  )

function pictureOf(
  member: Member,
  annotations: ReadonlyMap<number, readonly { label: string }[]>,
): DataSetPicture {
  const { imageId, studyId, seriesId, ordinal, path, subjectLabel, excluded } = member
  const labels = [...new Set((annotations.get(imageId) ?? []).map(({ label }) => label))]
  return {
    imageId,
    studyId,
    seriesId,
    ordinal,
    name: path,
    subject: subjectLabel,
    labels,
    excluded: excluded === 1,
  }
}

const distinct = (database: Database, column: 'label' | 'reader') =>
  database
    .prepare<[], string>(`SELECT DISTINCT ${column} FROM annotations ORDER BY ${column} LIMIT 1000`)
    .pluck()
    .all()
