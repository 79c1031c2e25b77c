import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clearSelection, useSelection } from './selection'
import classes from './selection-bar.module.css'

const SendDialog = lazy(() => import('#renderer/pages/sources/send-dialog'))
const ExportDialog = lazy(() => import('#renderer/pages/export/export-dialog'))
const ExportAnnotationsDialog = lazy(() => import('#renderer/pages/exchange/export-annotations-dialog'))
const RemoveDialog = lazy(() => import('./remove-dialog'))

/** How many studies are chosen, and what can be done with them beside scoring. */
export function SelectionBar({ onRemoved }: { onRemoved: () => void }) {
  const { t } = useTranslation(['library', 'exchange'])
  const ids = useSelection((selection) => selection.ids)
  const [removing, setRemoving] = useState(false)
  const [exporting, setExporting] = useState(false)
  const [exportingAnnotations, setExportingAnnotations] = useState(false)
  const [sending, setSending] = useState(false)
  if (ids.size === 0) return <p className={classes.hint}>{t('selection.hint')}</p>
  return (
    <div className={classes.bar} role="status">
      <b>{t('selection.count', { count: ids.size })}</b>
      <Button size="xs" variant="subtle" onClick={clearSelection}>
        {t('selection.clear')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setExporting(true)}>
        {t('selection.export')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setExportingAnnotations(true)}>
        {t('exchange:export.open')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setSending(true)}>
        {t('selection.send')}
      </Button>
      <Button size="xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
        {t('selection.remove')}
      </Button>
      <Suspense>
        {exporting && (
          <ExportDialog
            target={{ kind: 'studies', studyIds: [...ids] }}
            onClose={() => setExporting(false)}
          />
        )}
        {exportingAnnotations && (
          <ExportAnnotationsDialog studyIds={[...ids]} onClose={() => setExportingAnnotations(false)} />
        )}
        {sending && <SendDialog studyIds={[...ids]} onClose={() => setSending(false)} />}
        {removing && (
          <RemoveDialog studyIds={[...ids]} onClose={() => setRemoving(false)} onRemoved={onRemoved} />
        )}
      </Suspense>
    </div>
  )
}
