import { ActionIcon } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconCloudOff,
  IconLoader2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { keyFaces } from '#renderer/app/shortcuts'
import { Chip } from '#renderer/ui/chip'
import { useAnnotations } from '../state/annotations'
import { acts } from './acts'
import classes from './annotations-panel.module.css'
import type { Working } from './desk'

/** Whether the work is on the disk, and the way back. */
export function SaveState({ working }: { working: Working }) {
  const { t } = useTranslation('annotate')
  const save = useAnnotations((state) => state.save)
  const unsent = useAnnotations((state) => state.unsent)
  const undoable = useAnnotations((state) => state.undoable.get(working.studyId))
  const hint = (name: string, key: string) => `${name} (${keyFaces(key).join(' ')})`
  return (
    <div className={classes.save}>
      <span role="status" data-testid="save-state" data-state={save}>
        {save === 'saved' && (
          <Chip tone="ok" icon={<IconCheck size={13} />}>
            {t('save.saved')}
          </Chip>
        )}
        {save === 'saving' && <Chip icon={<IconLoader2 size={13} />}>{t('save.saving')}</Chip>}
        {save === 'waiting' && (
          <Chip tone="warn" icon={<IconCloudOff size={13} />}>
            {t('save.waiting', { count: unsent })}
          </Chip>
        )}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        className={classes.undo ?? ''}
        aria-label={t('undo')}
        aria-keyshortcuts="Control+Z"
        title={hint(undoable?.undo ? t('undoOf', { act: t(`kinds.${undoable.undo}`) }) : t('undo'), 'Mod+Z')}
        disabled={!undoable?.undo}
        onClick={() => acts.undo(working)}
      >
        <IconArrowBackUp size={18} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        className={classes.undo ?? ''}
        aria-label={t('redo')}
        aria-keyshortcuts="Control+Shift+Z"
        title={hint(
          undoable?.redo ? t('redoOf', { act: t(`kinds.${undoable.redo}`) }) : t('redo'),
          'Mod+Shift+Z',
        )}
        disabled={!undoable?.redo}
        onClick={() => acts.redo(working)}
      >
        <IconArrowForwardUp size={18} />
      </ActionIcon>
    </div>
  )
}
