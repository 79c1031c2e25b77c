import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Models } from '#main/models/types'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { EXIT } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { stateLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

export function addCommand(models: Command): void {
  modelsSubcommand(models, 'add', t('models.add'))
    .argument('<path>', t('models.package'))
    .option('--activate', t('models.activateToo'))
    .action((path: string, options: ModelsOptions & { activate?: boolean }) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        const source = { kind: 'path', path: resolve(path) } as const
        const { model, already } = await registry.add(source, options.activate ?? false)
        if (options.json) {
          await writeJson({ model, already })
          return EXIT.ok
        }
        const name = modelName(model.manifest)
        console.log(t(already ? 'models.already' : 'models.added', { name }))
        for (const line of stateLines(model)) console.log(line)
        if (!model.active) console.log(t('models.hint', { name }))
        return EXIT.ok
      }),
    )
}

export function removeCommand(models: Command): void {
  modelsSubcommand(models, 'remove', t('models.remove'))
    .argument('<model>', t('models.exactOrFolder'))
    .action((name: string, options: ModelsOptions) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        const removed = await takeAway(registry, name)
        if (options.json) await writeJson({ removed })
        else console.log(t('models.removed', { name: removed }))
        return EXIT.ok
      }),
    )
}

/** What was removed: a model, or by its folder a package that cannot be read. */
async function takeAway(registry: Models, name: string): Promise<string> {
  const folder = resolve(name)
  if (registry.faulty().some((faulty) => faulty.folder === folder)) {
    await registry.discard(folder)
    return folder
  }
  const { id, version } = await exactly(registry, name)
  await registry.remove(id, version)
  return modelName({ id, version })
}

/** What is taken away has to be named without doubt. @throws INPUT_INVALID where an id has several versions */
async function exactly(registry: Models, name: string): Promise<ModelManifest> {
  const found = registry.find(name)
  if (name.includes('@')) return found
  const versions = (await registry.list()).flatMap(({ manifest }) =>
    manifest.id === name ? [modelName(manifest)] : [],
  )
  if (versions.length === 1) return found
  throw new LeptonError('INPUT_INVALID', {
    expected: `one of ${versions.join(' / ')}`,
    received: name,
    remedy: 'Name the version as well.',
  })
}
