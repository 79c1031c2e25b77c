import i18next from 'i18next'
import { toast } from '#renderer/app/toast'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import { annotationsOf } from '../state/annotations'
import {
  closeHoles,
  convert,
  copyTo,
  interpolate,
  merge,
  relabel,
  remove,
  split,
  tag,
} from '../state/commands'
import { select, useHand } from '../state/hand'
import { redo, undo } from '../sync/queue'
import { selectedOf, type Working } from './desk'

type Told =
  | 'nothingSelected'
  | 'otherSize'
  | 'nothingBetween'
  | 'interpolated'
  | 'onePart'
  | 'split'
  | 'selectTwo'

const say = (told: Told, count = 0) => void toast(i18next.t(`annotate:told.${told}`, { count }))

/** What keys and buttons do to what is selected. */
export const acts = {
  undo: ({ studyId, reader }: Working) => undo(studyId, reader),
  redo: ({ studyId, reader }: Working) => redo(studyId, reader),

  /** On this image; of tags and where nothing is here, the whole object. */
  remove(working: Working) {
    const { here, whole } = selectedOf(working)
    remove(working, here.length > 0 ? here : whole)
    if (here.length === 0 || here.length === whole.length) select()
  },

  copy(working: Working, by: 1 | -1) {
    const { here, desk } = selectedOf(working)
    const next = working.images[useViewer.getState().index + by]
    const areas = here.filter(({ shape }) => shape.kind !== 'tag')
    if (!desk || !next || areas.length === 0) return say('nothingSelected')
    if (next.rows !== desk.image.rows || next.columns !== desk.image.columns) return say('otherSize')
    copyTo({ ...desk, image: next }, areas, annotationsOf(next.id))
    goTo(useViewer.getState().index + by)
  },

  interpolate(working: Working) {
    const { whole, desk } = selectedOf(working)
    if (!desk || whole.length === 0) return say('nothingSelected')
    const objects = [...Map.groupBy(whole, ({ objectId }) => objectId).values()]
    const count = objects.reduce((sum, object) => sum + interpolate(desk, object, working.images), 0)
    say(count === 0 ? 'nothingBetween' : 'interpolated', count)
  },

  split(working: Working) {
    const {
      here: [one],
      desk,
    } = selectedOf(working)
    if (!desk || !one) return say('nothingSelected')
    const parts = split(desk, one)
    say(parts === 1 ? 'onePart' : 'split', parts)
  },

  merge(working: Working) {
    const { whole, desk } = selectedOf(working)
    const objects = new Set(whole.map(({ objectId }) => objectId))
    if (!desk || objects.size < 2) return say('selectTwo')
    merge(desk, whole, working.images)
    select(whole[0]?.objectId ?? '')
  },

  closeHoles(working: Working) {
    const { here, desk } = selectedOf(working)
    if (!desk || here.length === 0) return say('nothingSelected')
    for (const one of here) closeHoles(desk, one)
  },

  convert(working: Working) {
    const { here, desk } = selectedOf(working)
    if (!desk || here.length === 0) return say('nothingSelected')
    for (const one of here) convert(desk, one)
  },

  /** Takes a label into the hand; what is selected gets it. */
  label(working: Working, key: string) {
    useHand.setState({ label: key })
    const { whole } = selectedOf(working)
    if (whole.length > 0) relabel(working, whole, key)
  },

  tag(working: Working, key: string, of: 'image' | 'study') {
    const desk = working.desk()
    if (desk) tag(desk, key, of)
  },

  toggleVisible: () => useHand.setState(({ visible }) => ({ visible: !visible })),
}
