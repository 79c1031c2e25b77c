import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastError } from '#renderer/app/toast'
import { refusal } from '#renderer/viewer/stack/read-frame'
import { usePanes } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { routes } from '#shared/contract/routes'
import { type VolumeFormat, volumeFormat } from '#shared/domain/volume-format'

/** Saves the series of the active pane as one file for other programs. */
export function SaveVolume() {
  const { t } = useTranslation('viewer')
  const seriesId = usePanes(({ contents, active }) => contents[active]?.seriesId)
  const several = useViewer((state) => state.count > 1)
  const [busy, setBusy] = useState(false)
  const save = async (format: VolumeFormat) => {
    if (seriesId === undefined) return
    setBusy(true)
    try {
      await download(routes.volume(seriesId, format))
    } catch (error) {
      toastError(error)
    }
    setBusy(false)
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          loading={busy}
          disabled={!several}
          aria-label={t('save.title')}
          title={t('save.title')}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('save.title')}</Menu.Label>
        {volumeFormat.options.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {t(`save.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Fetches a file, so that a refusal comes with its reason, and hands it to the browser under its name. */
async function download(address: string): Promise<void> {
  const response = await fetch(address)
  if (!response.ok) throw await refusal(response)
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = decodeURIComponent(named?.[1] ?? 'volume')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
