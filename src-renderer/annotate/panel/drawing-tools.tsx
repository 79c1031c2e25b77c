import { ActionIcon } from '@mantine/core'
import {
  IconAngle,
  IconBrush,
  IconEraser,
  IconGrain,
  IconLasso,
  IconOvalVertical,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconRotateRectangle,
  IconRulerMeasure,
  IconTarget,
  IconWand,
} from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { keyFaces } from '#renderer/app/shortcuts'
import { type DrawingTool, drawingTools, shapeOfTool, take, useHand } from '../state/hand'
import type { Labels } from '../state/labels'
import classes from './drawing-tools.module.css'

export const toolKeys: Record<DrawingTool, string> = {
  select: 'q',
  brush: 'b',
  eraser: 'Shift+B',
  thresholdBrush: 'y',
  smartBrush: 'k',
  polygon: 'o',
  freehand: 'l',
  box: 'm',
  rotatedBox: 't',
  ellipse: 'u',
  line: 'd',
  angle: 'Shift+D',
  point: 'j',
}

const icons: Record<DrawingTool, ReactNode> = {
  select: <IconPointer />,
  brush: <IconBrush />,
  eraser: <IconEraser />,
  thresholdBrush: <IconGrain />,
  smartBrush: <IconWand />,
  polygon: <IconPolygon />,
  freehand: <IconLasso />,
  box: <IconRectangle />,
  rotatedBox: <IconRotateRectangle />,
  ellipse: <IconOvalVertical />,
  line: <IconRulerMeasure />,
  angle: <IconAngle />,
  point: <IconTarget />,
}

/** Tools before which a line is drawn. */
const groups: readonly DrawingTool[] = ['brush', 'polygon', 'line']

/** What the hand draws with; tools that the label in hand does not allow are off. */
export const DrawingTools = memo(function DrawingTools({ labels }: { labels: Labels | null }) {
  const { t } = useTranslation('annotate')
  const tool = useHand((state) => state.tool)
  const allowed = labels?.current?.tools ?? []
  const off = (each: DrawingTool) => {
    const kind = shapeOfTool[each]
    return kind !== null && allowed.length > 0 && !allowed.includes(kind)
  }
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('tools.label')} aria-orientation="vertical">
      {drawingTools.map((each) => (
        <ActionIcon
          key={each}
          variant="subtle"
          color={tool === each ? 'accent' : 'gray'}
          size={32}
          className={classes.tool ?? ''}
          data-first={groups.includes(each) || undefined}
          aria-label={t(`tools.${each}`)}
          aria-pressed={tool === each}
          aria-keyshortcuts={toolKeys[each].toUpperCase()}
          title={`${t(`tools.${each}`)} (${keyFaces(toolKeys[each]).join(' ')})`}
          disabled={off(each)}
          onClick={() => take(each)}
        >
          {icons[each]}
        </ActionIcon>
      ))}
    </div>
  )
})
