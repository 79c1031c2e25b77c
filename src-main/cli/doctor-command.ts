import type { Command } from 'commander'
import type { DoctorReport } from '#shared/contract/system'
import { EXIT, faultLine } from './faults'
import { t } from './language'
import { writeJson } from './stdout'
import { type DataOption, withStudio } from './studio'
import { trialLine } from './trial-line'

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(t('doctor.about'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((options: DataOption & { json?: boolean }) =>
      withStudio(options, 'cli', async (studio) => {
        const report = await studio.examine()
        if (options.json) await writeJson(report)
        else for (const line of linesOf(report)) console.log(line)
        const sound = report.data.integrity === 'ok' && report.models.every((model) => model.fault === null)
        return sound ? EXIT.ok : EXIT.someFailed
      }),
    )
}

function* linesOf({ app, runtime, data, providers, models, engine }: DoctorReport): Generator<string> {
  const cores = t('doctor.cores', { count: runtime.cores })
  yield `${t('doctor.app')}: Lepton Studio ${app.version}`
  const runtimes = [`Node ${runtime.node}`, runtime.electron && `Electron ${runtime.electron}`]
  yield `${t('doctor.runtime')}: ${[...runtimes, `ONNX Runtime ${runtime.onnxruntime ?? '–'}`, runtime.platform].filter(Boolean).join(', ')}`
  yield `${t('doctor.processor')}: ${runtime.cpu}, ${cores}, ${t('doctor.memory')} ${size(runtime.memoryBytes)}`
  const intact = t(data.integrity === 'ok' ? 'doctor.intact' : 'doctor.damaged')
  const free = t('doctor.free', { size: size(data.freeBytes) })
  yield `${t('doctor.library')}: ${data.folder}: ${size(data.databaseBytes)}, ${t('doctor.schema', { version: data.schemaVersion })}, ${intact}, ${free}`
  const state = t(engine.running ? 'doctor.running' : 'doctor.stopped')
  const memory = engine.memoryBytes === null ? '' : `, ${size(engine.memoryBytes)}`
  yield `${t('doctor.engine')}: ${state}, ${t('doctor.restarts', { count: engine.restarts })}${memory}`
  yield ''
  yield `${t('doctor.providers')}:`
  for (const { provider, available, fault } of providers) {
    const why = fault ? `: ${faultLine(fault)}` : ''
    yield `  ${provider.padEnd(9)} ${t(available ? 'doctor.available' : 'doctor.refused')}${why}`
  }
  yield `${t('doctor.models')}:`
  for (const { id, version, active, chosen, fault, trials } of models) {
    yield `  ${id}@${version}  ${t(active ? 'models.active' : 'models.inactive')}${fault ? `; ${faultLine(fault)}` : ''}`
    if (trials.length === 0) yield `    ${t('models.untested')}`
    for (const trial of trials) yield `    ${trialLine(trial, trial.provider === chosen)}`
  }
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
