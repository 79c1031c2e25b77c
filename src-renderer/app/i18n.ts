import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '#shared/contract/system'
import { type Language, texts } from '#shared/text/index'

const STORED = 'lepton.language'

const systemLanguage = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')

/** The language to show for a setting. */
export const languageFor = (setting: Settings['language']): Language =>
  setting === 'system' ? systemLanguage() : setting

function mark(language: Language) {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en'
  localStorage.setItem(STORED, document.documentElement.lang)
}

/** Starts in the language of the last visit, so that nothing changes under the reader once settings arrive. */
export function startTexts(): void {
  const stored = localStorage.getItem(STORED)
  const language = stored ? (stored.startsWith('zh') ? 'zh' : 'en') : systemLanguage()
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: texts,
    ns: Object.keys(texts.en),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  mark(language)
}

/** Switches every visible text at once. */
export function showLanguage(language: Language): void {
  if (i18next.language === language) return
  void i18next.changeLanguage(language)
  mark(language)
}
