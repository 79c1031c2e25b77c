import type {
  DataSet,
  DataSetPicture,
  DataSetVersion,
  PictureFilter,
  QueueItem,
  QueueStrategy,
  VersionDiff,
} from '#shared/contract/datasets'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { CheckFinding, CheckKind } from '#shared/domain/data-set/check'
import type { Comparison } from '#shared/domain/data-set/comparison'
import type { DataSetQuestion } from '#shared/domain/data-set/question'
import type { Split, SplitRecipe } from '#shared/domain/data-set/split'
import type { DataSetStatistics } from '#shared/domain/data-set/statistics'
import type { SetDraft } from './store'
import type { FrozenImage } from './versions/version-store'

export interface Page {
  offset: number
  limit: number
}

/** What a version holds, for export and teaching. */
export interface FrozenSet {
  /** `<name>-v<number>`. */
  name: string
  hash: string
  labels: ReadonlyMap<string, SchemaLabel>
  images: readonly (FrozenImage & { part: string | null })[]
}

/** Which version to export, and how it is divided. */
export interface FrozenQuery {
  name: string
  /** The newest where absent. */
  version?: number | undefined
  /** The newest split of the version where absent; null: undivided. */
  splitId?: number | null | undefined
  /** The person knows of the leaks between the parts. */
  acceptLeaks?: boolean | undefined
}

/** Questions to the library that become training sets. */
export interface DataSets {
  list(): DataSet[]
  /** @throws NOT_FOUND */
  get(dataSetId: number): DataSet
  /** By name. @throws NOT_FOUND */
  named(name: string): DataSet
  /** @throws DUPLICATE */
  create(draft: SetDraft): DataSet
  /** @throws NOT_FOUND, DUPLICATE */
  update(dataSetId: number, draft: SetDraft): DataSet
  remove(dataSetId: number): void
  ask(question: DataSetQuestion): { images: number; annotated: number; subjects: number }
  choices(): { labels: string[]; readers: string[] }
  pictures(dataSetId: number, filter: PictureFilter, page: Page): { total: number; items: DataSetPicture[] }
  exclude(dataSetId: number, imageIds: readonly number[], reason: string): number
  include(dataSetId: number, imageIds: readonly number[]): number

  /** Without a change since the newest version, that one. */
  freeze(dataSetId: number, note: string): Promise<DataSetVersion>
  versions(dataSetId: number): DataSetVersion[]
  /** `to` 0: what the set holds now. */
  diff(dataSetId: number, from: number, to: number): Promise<VersionDiff>

  split(dataSetId: number, version: number, recipe: SplitRecipe): Promise<Split>
  splits(dataSetId: number, version: number): Split[]
  acknowledge(splitId: number): Split

  /** Starts the job. */
  check(dataSetId: number): { jobId: number }
  findings(
    dataSetId: number,
    query: { kind?: CheckKind | undefined } & Page,
  ): {
    counts: { kind: CheckKind; open: number; dismissed: number }[]
    checkedAt: string | null
    /** How the last check looked for near duplicates. */
    compared: Comparison | null
    total: number
    items: CheckFinding[]
  }
  settle(dataSetId: number, findingIds: readonly number[], how: 'exclude' | 'dismiss' | 'reopen'): number
  statistics(dataSetId: number, version?: number): DataSetStatistics
  next(
    dataSetId: number,
    query: { strategy: QueueStrategy; limit: number },
  ): { strategy: QueueStrategy; embedded: number; scored: number; items: QueueItem[] }

  /** @throws NOT_FOUND, DATA_LEAK where the split has leaks that nobody took upon themselves */
  frozen(query: FrozenQuery): FrozenSet
}
