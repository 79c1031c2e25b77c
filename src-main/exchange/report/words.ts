import { createInstance } from 'i18next'
import { type Language, texts } from '#shared/text'
import type { ReportContent, ReportFinding } from './content'

/** A report in words: what both the page and the PDF say, in one language. */
export interface ReportWords {
  title: string
  facts: [name: string, value: string][]
  findings: { title: string; colour: string; facts: [name: string, value: string][]; note: string }[]
  noFindings: string
  tagsTitle: string
  tags: string[]
  pictureGone: string
  notice: string
  made: string
}

/** How, with what and when a report is made. */
export interface ReportMaking {
  language: Language
  app: { name: string; version: string }
  /** Of the reader who signs it. */
  remark?: string | undefined
  madeAt: Date
}

/** Puts a report into words. */
export async function reportWords(
  { identity, findings, tags, images, readers, models }: ReportContent,
  { language, app, remark, madeAt }: ReportMaking,
): Promise<ReportWords> {
  const i18n = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources: texts,
    ns: ['report', 'common'],
    defaultNS: 'report',
    interpolation: { escapeValue: false },
  })
  await i18n.init()
  const t = i18n.t.bind(i18n)
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const share = new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 })
  const { subject, study } = identity
  const known = (pairs: [string, string | null][]) =>
    pairs.filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')

  const factsOf = (one: ReportFinding) => {
    const { figures, judged, first, last } = one
    const value = (amount: number | null, unit: string) =>
      amount === null ? null : `${number.format(amount)} ${unit}`
    return known([
      [t('series'), one.series],
      [t('slices'), first === last ? String(first) : `${first}–${last}`],
      [t('volume'), value(figures.volume === null ? null : figures.volume / 1000, 'ml')],
      [t('diameter'), value(figures.longestDiameter, 'mm')],
      [t('area'), value(figures.area, 'mm²')],
      [t('length'), value(one.length, 'mm')],
      [t('angle'), value(one.angle, '°')],
      [t('judged'), `${t(`state.${judged.state}`)}, ${judged.reader}`],
      [
        t('model'),
        judged.origin &&
          `${judged.origin.modelId}@${judged.origin.modelVersion}, ${t('score')} ${share.format(judged.origin.score)}`,
      ],
    ])
  }
  return {
    title: t('title', { subject: subject.label }),
    facts: known([
      [t(`subject.${subject.kind}`), [...new Set([subject.name, subject.label])].filter(Boolean).join(' · ')],
      [t('born'), subject.birthDate],
      [t('sex'), subject.sex],
      [t('study'), [study.description, study.date].filter(Boolean).join(', ')],
      ['Study Instance UID', study.uid],
      [t('images'), number.format(images)],
      [t('readers'), readers.join(', ')],
      [t('models'), models.join(', ')],
      [t('remark'), remark ?? null],
    ]),
    findings: findings.map((one, at) => ({
      title: `${at + 1}. ${one.label.name[language]}`,
      colour: one.label.colour,
      facts: factsOf(one),
      note: one.judged.note,
    })),
    noFindings: t('none'),
    tagsTitle: t('tags'),
    tags: tags.map(({ label, annotation, image }) =>
      [
        image === null ? t('ofStudy') : t('ofImage', { image }),
        `${label.name[language]}${annotation.note && `: ${annotation.note}`} (${annotation.reader})`,
      ].join(' · '),
    ),
    pictureGone: t('pictureGone'),
    notice: t('common:researchAidLong'),
    made: t('made', {
      app: `${app.name} ${app.version}`,
      moment: madeAt.toISOString().slice(0, 16).replace('T', ' '),
    }),
  }
}
