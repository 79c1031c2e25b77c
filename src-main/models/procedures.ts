import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { modelsContract } from '#shared/contract/models'
import type { Models } from './types'
import type { ModelWizard } from './wizard/types'

/** Procedures of `contract.models`. */
export function modelProcedures(models: Models, wizard: ModelWizard) {
  const api = implement(modelsContract).use(faults)
  return api.router({
    list: api.list.handler(() => models.list()),
    get: api.get.handler(({ input }) => models.get(input.id, input.version)),
    faulty: api.faulty.handler(() => models.faulty()),
    discard: api.discard.handler(async ({ input }) => {
      await models.discard(input.folder)
      return { discarded: true }
    }),
    knownLabels: api.knownLabels.handler(() => models.knownLabels()),
    choices: api.choices.handler(() => models.choices()),
    add: api.add.handler(({ input }) => models.add(input.source, input.activate)),
    remove: api.remove.handler(async ({ input }) => {
      await models.remove(input.id, input.version)
      return { removed: true }
    }),
    verify: api.verify.handler(({ input }) => models.verify(input.id, input.version)),
    bench: api.bench.handler(({ input }) => models.bench(input.id, input.version)),
    setActive: api.setActive.handler(({ input }) => models.setActive(input.id, input.version, input.active)),
    rollback: api.rollback.handler(({ input }) => models.rollback(input.id)),
    setPrecision: api.setPrecision.handler(({ input }) =>
      models.setPrecision(input.id, input.version, input.precision),
    ),
    wizard: {
      inspect: api.wizard.inspect.handler(({ input }) => wizard.inspect(input.source)),
      propose: api.wizard.propose.handler(({ input }) => wizard.propose(input.draft, input.task ?? null)),
      preview: api.wizard.preview.handler(({ input }) =>
        wizard.preview(input.draft, input.manifest, input.imageId),
      ),
      write: api.wizard.write.handler(({ input }) => wizard.write(input.draft, input.manifest, input)),
      discard: api.wizard.discard.handler(async ({ input }) => ({
        discarded: await wizard.discard(input.draft),
      })),
    },
  })
}
