import type { PresetName } from '#shared/domain/hanging-protocol'
import type { Frame } from '#shared/domain/image'
import type { Window } from '#shared/pixels/voi'
import { windowOfLut } from '#shared/pixels/voi-lut'
import { automaticWindow } from './initial-greys'

export interface Preset {
  name: PresetName
  window: Window
  /** What its author called it. */
  detail?: string
}

/** Customary windows of CT, in Hounsfield units. */
const computedTomography: readonly Preset[] = [
  { name: 'softTissue', window: { center: 40, width: 400 } },
  { name: 'lung', window: { center: -600, width: 1500 } },
  { name: 'bone', window: { center: 450, width: 1800 } },
  { name: 'brain', window: { center: 40, width: 80 } },
  { name: 'stroke', window: { center: 32, width: 8 } },
  { name: 'liver', window: { center: 70, width: 150 } },
  { name: 'mediastinum', window: { center: 50, width: 350 } },
  { name: 'angio', window: { center: 300, width: 600 } },
]

/** Customary windows of PET, in SUV by body weight. */
const uptake: readonly Preset[] = [
  { name: 'suv5', window: { center: 2.5, width: 5 } },
  { name: 'suv10', window: { center: 5, width: 10 } },
  { name: 'suv2', window: { center: 1.25, width: 2.5 } },
]

/**
 * The windows to choose from (keys 1 to 9 take the first nine): for CT and for uptake their customary ones, elsewhere what the
 * file says and what its values ask for; none for colour.
 */
export function presetsOf(modality: string | null, frame: Frame): readonly Preset[] {
  if (frame.samples === 3) return []
  const own: Preset[] = [{ name: 'auto', window: automaticWindow(frame) }]
  const [stored] = frame.windows
  if (stored) own.unshift({ name: 'stored', window: { center: stored.center, width: stored.width } })
  for (const table of frame.voiLuts ?? []) {
    own.push({ name: 'table', window: windowOfLut(table), detail: table.explanation })
  }
  if (modality === 'CT') return [...computedTomography, ...own]
  return frame.unit === 'SUVbw' ? [...uptake, ...own] : own
}
