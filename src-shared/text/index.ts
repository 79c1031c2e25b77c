import enAnnotate from './en/annotate.json'
import enCli from './en/cli.json'
import enCommon from './en/common.json'
import enDatasets from './en/datasets.json'
import enDeidentify from './en/deidentify.json'
import enDesktop from './en/desktop.json'
import enErrors from './en/errors.json'
import enExchange from './en/exchange.json'
import enLibrary from './en/library.json'
import enModels from './en/models.json'
import enReading from './en/reading.json'
import enReport from './en/report.json'
import enScoring from './en/scoring.json'
import enSettings from './en/settings.json'
import enSources from './en/sources.json'
import enViewer from './en/viewer.json'
import zhAnnotate from './zh/annotate.json'
import zhCli from './zh/cli.json'
import zhCommon from './zh/common.json'
import zhDatasets from './zh/datasets.json'
import zhDeidentify from './zh/deidentify.json'
import zhDesktop from './zh/desktop.json'
import zhErrors from './zh/errors.json'
import zhExchange from './zh/exchange.json'
import zhLibrary from './zh/library.json'
import zhModels from './zh/models.json'
import zhReading from './zh/reading.json'
import zhReport from './zh/report.json'
import zhScoring from './zh/scoring.json'
import zhSettings from './zh/settings.json'
import zhSources from './zh/sources.json'
import zhViewer from './zh/viewer.json'

/** Every visible text of the app, by language and room; the i18next resources of all shells. */
export const texts = {
  en: {
    annotate: enAnnotate,
    cli: enCli,
    common: enCommon,
    deidentify: enDeidentify,
    datasets: enDatasets,
    desktop: enDesktop,
    errors: enErrors,
    exchange: enExchange,
    library: enLibrary,
    models: enModels,
    reading: enReading,
    report: enReport,
    scoring: enScoring,
    settings: enSettings,
    sources: enSources,
    viewer: enViewer,
  },
  zh: {
    annotate: zhAnnotate,
    cli: zhCli,
    common: zhCommon,
    deidentify: zhDeidentify,
    datasets: zhDatasets,
    desktop: zhDesktop,
    errors: zhErrors,
    exchange: zhExchange,
    library: zhLibrary,
    models: zhModels,
    reading: zhReading,
    report: zhReport,
    scoring: zhScoring,
    settings: zhSettings,
    sources: zhSources,
    viewer: zhViewer,
  },
} as const

export type Language = keyof typeof texts
