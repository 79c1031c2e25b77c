import { z } from 'zod'

/** Windows by name, as the viewer offers them. */
export const presetName = z.enum([
  ...(['stored', 'auto', 'softTissue', 'lung', 'bone', 'brain', 'stroke', 'liver', 'mediastinum'] as const),
  ...(['angio', 'suv2', 'suv5', 'suv10', 'table'] as const),
])
export type PresetName = z.infer<typeof presetName>

/** Rows x columns of panes, or planes through the volume of the first. */
export const hangingLayout = z.enum(['1x1', '1x2', '2x1', '2x2', 'planes'])

const words = z.string().trim().max(100)

/** Which series a pane takes: the first that fits and that no pane before took. Empty texts fit everything. */
export const hangingPane = z.object({
  modality: words.default(''),
  /** Held by the description of the series. */
  description: words.default(''),
  /** From the newest other study of the subject instead of the open one. */
  prior: z.boolean().default(false),
  preset: presetName.nullable().default(null),
})
export type HangingPane = z.infer<typeof hangingPane>

/** How a study that fits the rule is laid out when it is opened. */
export const hangingProtocol = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean().default(true),
  rule: z.object({
    /** All of them are in the study. */
    modalities: z.array(words.min(1)).max(8).default([]),
    /** Body Part Examined of a series. */
    bodyPart: words.default(''),
    /** Held by the description of the study or of a series. */
    description: words.default(''),
    seriesAtLeast: z.number().int().min(1).max(99).default(1),
  }),
  layout: hangingLayout,
  panes: z.array(hangingPane).min(1).max(4),
})
export type HangingProtocol = z.infer<typeof hangingProtocol>

const pane = (change: Partial<HangingPane>): HangingPane => hangingPane.parse(change)

/** Those the app comes with; names are shown in the language of the screen. */
export const builtInProtocols: readonly HangingProtocol[] = [
  {
    id: 'pet-ct',
    name: 'PET/CT',
    enabled: true,
    rule: { modalities: ['PT', 'CT'], bodyPart: '', description: '', seriesAtLeast: 2 },
    layout: '1x2',
    panes: [pane({ modality: 'CT', preset: 'softTissue' }), pane({ modality: 'PT', preset: 'suv5' })],
  },
  {
    id: 'chest-ct',
    name: 'Chest CT',
    enabled: true,
    rule: { modalities: ['CT'], bodyPart: 'CHEST', description: '', seriesAtLeast: 1 },
    layout: '1x2',
    panes: [pane({ modality: 'CT', preset: 'mediastinum' }), pane({ modality: 'CT', preset: 'lung' })],
  },
  {
    id: 'ct-mr',
    name: 'CT + MR',
    enabled: false,
    rule: { modalities: ['CT', 'MR'], bodyPart: '', description: '', seriesAtLeast: 2 },
    layout: '1x2',
    panes: [pane({ modality: 'MR' }), pane({ modality: 'CT', preset: 'softTissue' })],
  },
  {
    id: 'prior',
    name: 'Prior',
    enabled: false,
    rule: { modalities: [], bodyPart: '', description: '', seriesAtLeast: 1 },
    layout: '1x2',
    panes: [pane({}), pane({ prior: true })],
  },
]

interface HungSeries {
  id: number
  studyId: number
  modality: string | null
  bodyPart: string | null
  description: string
  imageCount: number
}

const holds = (text: string | null, words: string) =>
  (text ?? '').toLocaleLowerCase().includes(words.trim().toLocaleLowerCase())

/** The first protocol whose rule the study fits. */
export function protocolFor(
  protocols: readonly HangingProtocol[],
  study: { description: string },
  series: readonly HungSeries[],
): HangingProtocol | null {
  const filled = series.filter(({ imageCount }) => imageCount > 0)
  const fits = ({ enabled, rule }: HangingProtocol) =>
    enabled &&
    filled.length >= rule.seriesAtLeast &&
    rule.modalities.every((wanted) => filled.some(({ modality }) => modality === wanted)) &&
    (rule.bodyPart === '' || filled.some(({ bodyPart }) => holds(bodyPart, rule.bodyPart))) &&
    [study.description, ...filled.map(({ description }) => description)].some((text) =>
      holds(text, rule.description),
    )
  return protocols.find(fits) ?? null
}

/**
 * The series for each pane; null where none fits. A pane takes one that no pane before took, and takes one again
 * only where there is no other, as for one series in two windows.
 */
export function hang<Series extends HungSeries>(
  { panes }: HangingProtocol,
  own: readonly Series[],
  prior: readonly Series[],
): (Series | null)[] {
  const taken = new Set<number>()
  return panes.map((pane) => {
    const fits = (pane.prior ? prior : own).filter(
      ({ modality, description, imageCount }) =>
        imageCount > 0 &&
        (pane.modality === '' || modality === pane.modality) &&
        holds(description, pane.description),
    )
    const series = fits.find(({ id }) => !taken.has(id)) ?? fits[0] ?? null
    if (series) taken.add(series.id)
    return series
  })
}
