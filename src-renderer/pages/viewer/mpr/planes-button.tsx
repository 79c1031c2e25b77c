import { ActionIcon } from '@mantine/core'
import { IconCube3dSphere } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePanes } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import classes from '../toolbar.module.css'
import { togglePlanes } from './toggle-planes'

/** Goes from the slices of the active pane to planes through their volume, and back. */
export function PlanesButton() {
  const { t } = useTranslation('viewer')
  const planes = usePanes((state) => state.planes)
  const several = useViewer((state) => state.count > 1)
  return (
    <ActionIcon
      variant="subtle"
      color={planes ? 'accent' : 'gray'}
      size={32}
      disabled={!several && !planes}
      aria-label={t('planes.open')}
      aria-pressed={planes}
      aria-keyshortcuts="SHIFT+M"
      title={`${t('planes.open')} (Shift M)`}
      onClick={togglePlanes}
      className={classes.act ?? ''}
    >
      <IconCube3dSphere />
    </ActionIcon>
  )
}
