import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** How figures, times and sizes are written in the language of the screen. */
export function useFormat() {
  const { t, i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => {
    const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
    const hundredths = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    const thousandths = new Intl.NumberFormat(language, {
      minimumFractionDigits: 3,
      maximumFractionDigits: 3,
    })
    const signed = new Intl.NumberFormat(language, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 3,
      signDisplay: 'exceptZero',
    })
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
    const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
    const valid = (iso: string) => !Number.isNaN(Date.parse(iso))
    return {
      whole: (value: number) => whole.format(value),
      /** A probability or a score. */
      score: (value: number) => hundredths.format(value),
      /** How alike two vectors are; rounded down, for 1 is the same. */
      cosine: (value: number) => thousandths.format(Math.floor(value * 1000) / 1000),
      /** A difference of two scores, with its sign. */
      change: (value: number) => signed.format(value),
      tenths: (value: number) => tenths.format(value),
      percent: (value: number) => percent.format(value),
      /** Items per second, with a decimal where it tells something. */
      rate: (value: number) => (value >= 10 ? whole : tenths).format(value),
      milliseconds: (value: number) => `${(value >= 10 ? whole : tenths).format(value)} ms`,
      /** An ISO date without a time. */
      day: (iso: string) => (valid(iso) ? day.format(new Date(iso)) : iso),
      moment: (iso: string) => (valid(iso) ? moment.format(new Date(iso)) : iso),
      bytes: (value: number) => {
        const step = value < 1024 ? 0 : Math.min(4, Math.floor(Math.log2(value) / 10))
        const unit = ['B', 'KiB', 'MiB', 'GiB', 'TiB'][step]
        return `${(step === 0 ? whole : tenths).format(value / 1024 ** step)} ${unit}`
      },
      duration: (seconds: number) => {
        const all = Math.max(0, Math.round(seconds))
        if (all < 60) return t('time.seconds', { count: all })
        if (all < 3600) return t('time.minutes', { minutes: Math.floor(all / 60), seconds: all % 60 })
        return t('time.hours', { hours: Math.floor(all / 3600), minutes: Math.floor((all % 3600) / 60) })
      },
    }
  }, [t, language])
}
