import type { Command } from 'commander'
import type { InstalledModel } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { precision } from '#shared/domain/model-manifest/files'
import { EXIT } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { stateLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

interface ActivateOptions extends ModelsOptions {
  off?: boolean
  precision?: string
}

export function activateCommand(models: Command): void {
  modelsSubcommand(models, 'activate', t('models.activate'))
    .argument('<model>', t('models.one'))
    .option('--off', t('models.off'))
    .option('--precision <name>', t('models.precision'))
    .action((name: string, options: ActivateOptions) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        const { id, version } = registry.find(name)
        if (options.precision !== undefined) {
          await registry.setPrecision(id, version, precisionOf(options.precision))
        }
        await print(await registry.setActive(id, version, !options.off), options)
        return EXIT.ok
      }),
    )
}

export function rollbackCommand(models: Command): void {
  modelsSubcommand(models, 'rollback', t('models.rollback'))
    .argument('<id>', t('models.id'))
    .action((id: string, options: ModelsOptions) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        await print((await registry.rollback(id)).active, options)
        return EXIT.ok
      }),
    )
}

async function print(model: InstalledModel | null, { json }: ModelsOptions): Promise<void> {
  if (json) await writeJson({ model })
  else if (model) for (const line of stateLines(model)) console.log(line)
  else console.log(t('models.noneActive'))
}

/** `auto`: the manifest's first. @throws INPUT_INVALID */
function precisionOf(name: string) {
  if (name === 'auto') return null
  const read = precision.safeParse(name)
  if (read.success) return read.data
  throw new LeptonError('INPUT_INVALID', {
    expected: `--precision auto, ${precision.options.join(', ')}`,
    received: name,
  })
}
