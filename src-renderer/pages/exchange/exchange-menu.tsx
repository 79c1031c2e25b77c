import { ActionIcon, Menu } from '@mantine/core'
import { IconTransfer } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

const ExportAnnotationsDialog = lazy(() => import('./export-annotations-dialog'))
const ImportAnnotationsDialog = lazy(() => import('./import-annotations-dialog'))

/** Gets annotations of the study of the address out into files, and in from them. */
export function ExchangeMenu() {
  const studyId = Number(useParams().studyId)
  const { t } = useTranslation('exchange')
  const [open, setOpen] = useState<'export' | 'import' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('open')} title={t('open')}>
            <IconTransfer size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('export')}>{t('export.open')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('import')}>{t('import.open')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'export' && <ExportAnnotationsDialog studyIds={[studyId]} onClose={close} />}
        {open === 'import' && <ImportAnnotationsDialog onClose={close} />}
      </Suspense>
    </>
  )
}
