import type { InstalledModel } from '#shared/contract/models'
import { modelName } from '#shared/domain/model-manifest/index'
import { faultLine } from '../faults'
import { language, t } from '../language'
import { trialLine } from '../trial-line'

/** A model in brief: its state, and why it cannot be used. */
export function* stateLines(model: InstalledModel): Generator<string> {
  const { manifest, active, scores, fault, chosen, precision, trials } = model
  const trial = trials.find((one) => one.provider === chosen && one.precision === precision)
  const state = [
    t(active ? 'models.active' : 'models.inactive'),
    t(fault ? 'models.broken' : 'models.sound'),
    !scores && t('models.asked'),
    chosen
      ? t('models.runsOn', {
          provider: chosen,
          precision,
          milliseconds: trial?.milliseconds?.toFixed(1) ?? '?',
        })
      : trials.length === 0 && t('models.untested'),
  ]
  yield `${modelName(manifest)}  ${manifest.name[language]}: ${state.filter(Boolean).join(', ')}`
  if (fault) yield `  ${faultLine(fault)}`
}

/** A model's state and its trials here; providers that this computer lacks are only named. */
export function* modelLines(model: InstalledModel): Generator<string> {
  yield* stateLines(model)
  const { chosen, precision, trials } = model
  const [lacking, tried] = partition(
    trials,
    (trial) => !trial.passed && trial.fault?.code === 'PROVIDER_REFUSED',
  )
  for (const trial of tried) {
    yield `  ${trial.precision.padEnd(8)} ${trialLine(trial, trial.provider === chosen && trial.precision === precision)}`
  }
  const providers = [...new Set(lacking.map(({ provider }) => provider))]
  if (providers.length > 0) yield `  ${t('models.lacking', { providers: providers.join(', ') })}`
}

function partition<Item>(items: readonly Item[], wanted: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(wanted), items.filter((item) => !wanted(item))]
}

/** Everything a package says of itself, line by line. */
export function* cardLines({ manifest, ...model }: InstalledModel): Generator<string> {
  const { fits, labels, operatingPoint, weights, limits, rollback } = { ...manifest, ...model }
  const list = (values: readonly string[]) => values.join(', ') || t('models.any')
  if (manifest.summary[language]) yield* [manifest.summary[language], '']
  yield field('task', manifest.task)
  yield field('fits', [fits.domain, list(fits.modalities), fits.colour].join('; '))
  yield field('labels', labels.map((label) => label.name[language]).join(', ') || '–')
  yield field('threshold', `${operatingPoint.threshold} (${operatingPoint.chosen})`)
  const { ensemble } = manifest
  if (ensemble) yield field('members', `${ensemble.members.map(modelName).join(', ')} (${ensemble.rule})`)
  else yield field('files', weights.map(({ precision, file }) => `${precision}: ${file}`).join(', '))
  yield* figureLines(manifest)
  for (const limit of limits[language]) yield field('limit', limit)
  yield field('licence', manifest.licence)
  yield field('attribution', manifest.attribution)
  yield field('folder', model.folder)
  if (rollback) yield field('rollback', rollback.version ?? t('models.noVersion'))
}

/** What a model was measured to reach, a line for each figure. */
export function* figureLines({ metrics }: InstalledModel['manifest']): Generator<string> {
  for (const { name, value, interval, n, unit, set } of metrics) {
    const range = interval ? ` [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]` : ''
    const base = [n === undefined ? '' : `n = ${n}${unit ? ` ${unit}` : ''}`, set].filter(Boolean).join('; ')
    yield field('figure', `${name} ${value.toFixed(3)}${range}${base && ` (${base})`}`)
  }
}

const field = (name: string, text: string) => `${t(`models.field.${name}`)}: ${text || '–'}`
