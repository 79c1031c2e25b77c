import { Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { SmartBrushNote } from '../brush/smart-brush-note'
import { isBrush, useHand } from '../state/hand'
import classes from './annotations-panel.module.css'

/** How the tool in hand works, in a sentence, and what of it can be set. */
export function ToolOptions() {
  const { t } = useTranslation('annotate')
  const format = useFormat()
  const { tool, brush, tolerance } = useHand()
  if (tool === 'select') return null
  return (
    <div className={classes.options}>
      <p className="quiet">{t(`help.${tool}`)}</p>
      {tool === 'smartBrush' && <SmartBrushNote />}
      {isBrush(tool) && (
        <div className={classes.line}>
          <span>{t('options.size')}</span>
          <Slider
            aria-label={t('options.size')}
            size="sm"
            label={null}
            min={1}
            max={100}
            value={brush}
            onChange={(value) => useHand.setState({ brush: value })}
          />
          <span className={classes.value}>{format.whole(brush * 2)} px</span>
        </div>
      )}
      {tool === 'thresholdBrush' && (
        <div className={classes.line}>
          <span>{t('options.tolerance')}</span>
          <Slider
            aria-label={t('options.tolerance')}
            size="sm"
            label={null}
            min={0.5}
            max={6}
            step={0.5}
            value={tolerance}
            onChange={(value) => useHand.setState({ tolerance: value })}
          />
          <span className={classes.value}>±{format.tenths(tolerance)} σ</span>
        </div>
      )}
    </div>
  )
}
