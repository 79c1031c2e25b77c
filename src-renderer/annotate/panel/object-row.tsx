import { ActionIcon } from '@mantine/core'
import { IconEye, IconEyeOff, IconSparkles, IconTrash } from '@tabler/icons-react'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import { remove } from '../state/commands'
import { select, toggleHidden, toggleSelected, useHand } from '../state/hand'
import { useMeasureText } from '../state/measure-text'
import classes from './annotations-panel.module.css'
import type { Working } from './desk'
import type { AnnotatedObject } from './objects'

/** What rows need of the work; the same from one change to the next, so that only rows that changed are made anew. */
export type RowFrame = Pick<Working, 'studyId' | 'reader' | 'labels' | 'images' | 'photographs'>

interface Props {
  object: AnnotatedObject
  working: RowFrame
}

const sameRow = (left: Props, right: Props) =>
  left.working === right.working &&
  left.object.id === right.object.id &&
  left.object.parts.length === right.object.parts.length &&
  left.object.parts.every((part, at) => part === right.object.parts[at])

/** An object of the list: a click selects it and shows the nearest of its slices. */
export const ObjectRow = memo(Row, sameRow)

function Row({ object, working }: Props) {
  const { t } = useTranslation('annotate')
  const measureText = useMeasureText()
  const chosen = useHand((state) => state.selected.has(object.id))
  const hidden = useHand((state) => state.hidden.has(object.id))
  const { labels, images } = working
  const { first, parts, from, to } = object
  const here = useViewer(({ index }) => parts.find(({ imageId }) => imageId === images[index]?.id))
  const name = labels.nameOf(first.label)
  const spacing = here && images.find(({ id }) => id === here.imageId)?.geometry?.spacing

  const where = () => {
    if (from === null) return t('object.study')
    if (first.shape.kind === 'tag') return t('object.image')
    if (working.photographs) return ''
    return from === to
      ? t('object.slice', { slice: from + 1 })
      : t('object.slices', { from: from + 1, to: (to ?? from) + 1 })
  }
  const choose = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) return toggleSelected(object.id)
    select(object.id)
    if (here || from === null) return
    const { index } = useViewer.getState()
    const places = parts.map(({ imageId }) => images.findIndex(({ id }) => id === imageId))
    goTo(places.reduce((best, each) => (Math.abs(each - index) < Math.abs(best - index) ? each : best), from))
  }
  return (
    <li className={classes.row} data-selected={chosen || undefined} data-hidden={hidden || undefined}>
      <button type="button" className={classes.choose} aria-pressed={chosen} onClick={choose}>
        <span className={classes.swatch} style={{ background: labels.colourOf(first.label) }} />
        <span className={classes.name}>
          {name}
          {first.origin && (
            <IconSparkles
              size={13}
              aria-label={t(`states.${first.state}`)}
              className={classes.origin ?? ''}
            />
          )}
        </span>
        <span className={classes.where}>{where()}</span>
        <span className={classes.figures}>
          {[t(`shapes.${first.shape.kind}`), here && measureText(here.shape, spacing ?? null)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={t(hidden ? 'object.show' : 'object.hide', { name })}
        onClick={() => toggleHidden(object.id)}
      >
        {hidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={t('object.remove', { name })}
        onClick={() => remove(working, parts)}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </li>
  )
}
