import { createInstance } from 'i18next'
import { type Language, texts } from '#shared/text'

/** The language of the terminal: LC_ALL, LC_MESSAGES, LANG, else that of the system. */
export function terminalLanguage(environment: NodeJS.ProcessEnv): Language {
  const stated = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG
  const locale = stated || Intl.DateTimeFormat().resolvedOptions().locale
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** The language of this terminal. */
export const language = terminalLanguage(process.env)

const i18n = createInstance({
  lng: language,
  fallbackLng: 'en',
  resources: texts,
  ns: ['cli', 'errors', 'common'],
  defaultNS: 'cli',
  interpolation: { escapeValue: false },
  initAsync: false,
})
await i18n.init()

/** Texts of the command line. */
export const t = i18n.t
