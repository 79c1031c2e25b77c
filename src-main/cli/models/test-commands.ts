import type { Command } from 'commander'
import type { Models } from '#main/models/types'
import type { InstalledModel } from '#shared/contract/models'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { EXIT } from '../faults'
import { t } from '../language'
import { withStudio } from '../studio'
import { benchFlips } from './flips'
import { printModels } from './list-commands'
import { modelLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

export function verifyCommand(models: Command): void {
  modelsSubcommand(models, 'verify', t('models.verify'))
    .argument('[model...]', t('models.name'))
    .action((names: string[], options: ModelsOptions) =>
      withStudio(options, 'cli', ({ models: registry }) =>
        testEach(registry, names, options, (id, version) => registry.verify(id, version)),
      ),
    )
}

export function benchCommand(models: Command): void {
  modelsSubcommand(models, 'bench', t('models.bench'))
    .argument('[model...]', t('models.name'))
    .option('--flips', t('models.flips'))
    .action((names: string[], options: ModelsOptions & { flips?: boolean }) =>
      withStudio(options, 'cli', (studio) =>
        options.flips
          ? benchFlips(studio, names, options)
          : testEach(studio.models, names, options, (id, version) => studio.models.bench(id, version)),
      ),
    )
}

/** Tests the models named, or all; some failed where one of them runs nowhere. */
async function testEach(
  registry: Models,
  names: readonly string[],
  options: ModelsOptions,
  test: (id: string, version: string) => Promise<InstalledModel>,
): Promise<number> {
  const wanted: ModelManifest[] =
    names.length > 0
      ? names.map((name) => registry.find(name))
      : (await registry.list()).map(({ manifest }) => manifest)
  const tested: InstalledModel[] = []
  for (const { id, version } of wanted) tested.push(await test(id, version))
  const faulty = names.length === 0 ? registry.faulty() : []
  await printModels(tested, faulty, options, modelLines)
  return faulty.length > 0 || tested.some((model) => model.chosen === null) ? EXIT.someFailed : EXIT.ok
}
