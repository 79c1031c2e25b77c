import type { InstalledModel } from '#shared/contract/models'
import { type ModelTask, task } from '#shared/domain/model-manifest/index'

type Domain = InstalledModel['manifest']['fits']['domain']

/** All versions of one model: the one in use leads, else the newest. */
export interface ModelFamily {
  id: string
  shown: InstalledModel
  /** Newest first. */
  versions: readonly InstalledModel[]
}

/** What the catalogue shows; every field narrows it. */
export interface CatalogueFilter {
  task?: ModelTask
  domain?: Domain
  state?: 'active' | 'attention'
}

export const newestFirst = (a: InstalledModel, b: InstalledModel): number =>
  b.manifest.version.localeCompare(a.manifest.version, 'en', { numeric: true })

/** Broken, or refused by every provider of this computer. */
export const needsAttention = ({ fault, trials, chosen }: InstalledModel): boolean =>
  fault !== null || (trials.length > 0 && chosen === null)

/** Installed packages by model, in the order of their ids. */
export function families(models: readonly InstalledModel[]): ModelFamily[] {
  const byId = Map.groupBy(models, (model) => model.manifest.id)
  return [...byId]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .flatMap(([id, all]) => {
      const versions = all.toSorted(newestFirst)
      const shown = versions.find((model) => model.active) ?? versions[0]
      return shown ? [{ id, shown, versions }] : []
    })
}

/** Whether a model takes pictures of a domain; one for any domain does unless its modalities say otherwise. */
function isFor({ domain, modalities }: InstalledModel['manifest']['fits'], wanted: Domain): boolean {
  if (domain !== 'any') return domain === wanted
  return modalities.length === 0 || modalities.some((one) => (one === 'PHOTO') === (wanted === 'retail'))
}

/** Whether a family passes a filter. */
export function passes({ shown, versions }: ModelFamily, filter: CatalogueFilter): boolean {
  const { manifest } = shown
  if (filter.task && manifest.task !== filter.task) return false
  if (filter.domain && !isFor(manifest.fits, filter.domain)) return false
  if (filter.state === 'active') return shown.active
  if (filter.state === 'attention') return versions.some(needsAttention)
  return true
}

/** Families by task, tasks in the order of the format, those without a model left out. */
export function byTask(list: readonly ModelFamily[]): { task: ModelTask; families: ModelFamily[] }[] {
  return task.options
    .map((name) => ({
      task: name,
      families: list.filter(({ shown }) => shown.manifest.task === name),
    }))
    .filter((group) => group.families.length > 0)
}
