import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { useAnnotations } from '../state/annotations'
import { useHand } from '../state/hand'
import classes from './annotations-panel.module.css'
import type { Working } from './desk'
import { LabelChoice } from './label-choice'
import { ObjectDetail } from './object-detail'
import { ObjectRow } from './object-row'
import { objectsOf } from './objects'
import { SaveState } from './save-state'
import { ToolOptions } from './tool-options'

/** Rows in the list; beyond them a person finds things on the picture sooner. */
const mostRows = 200

/** What readers said of the series, object by object, and whether it is saved. */
export function AnnotationsPanel({ working }: { working: Working }) {
  const { t } = useTranslation(['annotate', 'common'])
  const format = useFormat()
  const refused = useAnnotations((state) => state.refused)
  const selected = useHand((state) => state.selected)
  const { annotations, studyId, reader, labels, images, photographs } = working
  const frame = useMemo(
    () => ({ studyId, reader, labels, images, photographs }),
    [studyId, reader, labels, images, photographs],
  )
  const objects = useMemo(() => objectsOf(annotations, images), [annotations, images])
  const detail = selected.size === 1 ? objects.find(({ id }) => selected.has(id)) : undefined
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <header className={classes.head}>
        <h2>{t('title')}</h2>
        <span className={classes.count}>{objects.length > 0 && format.whole(objects.length)}</span>
        <SaveState working={working} />
      </header>
      {refused && (
        <div role="alert" className={classes.refused}>
          <FaultNote fault={refused} />
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => useAnnotations.setState({ refused: null })}
          >
            {t('common:close')}
          </Button>
        </div>
      )}
      <LabelChoice working={working} />
      <ToolOptions />
      {objects.length === 0 && <p className="quiet">{t('none')}</p>}
      <ul className={classes.list}>
        {objects.slice(0, mostRows).map((object) => (
          <ObjectRow key={object.id} object={object} working={frame} />
        ))}
      </ul>
      {objects.length > mostRows && (
        <p className="quiet">{t('more', { count: objects.length - mostRows })}</p>
      )}
      {detail && <ObjectDetail key={detail.id} object={detail} working={working} />}
    </section>
  )
}
