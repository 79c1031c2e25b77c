import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { datasetsContract } from '#shared/contract/datasets'
import type { DataSets } from './types'

/** Procedures of `contract.datasets`. */
export function datasetProcedures(sets: DataSets) {
  const api = implement(datasetsContract).use(faults)
  return api.router({
    list: api.list.handler(() => sets.list()),
    get: api.get.handler(({ input }) => sets.get(input.dataSetId)),
    create: api.create.handler(({ input }) => sets.create(input)),
    update: api.update.handler(({ input: { dataSetId, ...draft } }) => sets.update(dataSetId, draft)),
    remove: api.remove.handler(({ input }) => {
      sets.remove(input.dataSetId)
      return {}
    }),
    ask: api.ask.handler(({ input }) => sets.ask(input.question)),
    choices: api.choices.handler(() => sets.choices()),
    pictures: api.pictures.handler(({ input }) => sets.pictures(input.dataSetId, input.filter, input)),
    exclude: api.exclude.handler(({ input }) => ({
      excluded: sets.exclude(input.dataSetId, input.imageIds, input.reason),
    })),
    include: api.include.handler(({ input }) => ({
      included: sets.include(input.dataSetId, input.imageIds),
    })),
    freeze: api.freeze.handler(({ input }) => sets.freeze(input.dataSetId, input.note)),
    versions: api.versions.handler(({ input }) => sets.versions(input.dataSetId)),
    diff: api.diff.handler(({ input }) => sets.diff(input.dataSetId, input.from, input.to)),
    split: api.split.handler(({ input }) => sets.split(input.dataSetId, input.version, input.recipe)),
    splits: api.splits.handler(({ input }) => sets.splits(input.dataSetId, input.version)),
    acknowledge: api.acknowledge.handler(({ input }) => sets.acknowledge(input.splitId)),
    check: api.check.handler(({ input }) => sets.check(input.dataSetId)),
    findings: api.findings.handler(({ input }) => sets.findings(input.dataSetId, input)),
    settle: api.settle.handler(({ input }) => ({
      settled: sets.settle(input.dataSetId, input.findingIds, input.how),
    })),
    statistics: api.statistics.handler(({ input }) => sets.statistics(input.dataSetId, input.version)),
    next: api.next.handler(({ input }) => sets.next(input.dataSetId, input)),
  })
}
