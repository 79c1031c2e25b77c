import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { palettes } from '#renderer/viewer/display/palette'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** The colours to choose from for brightness. */
export function PaletteItems() {
  const { t } = useTranslation('viewer')
  const chosen = useViewer((state) => state.palette)
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('palettes.title')}</Menu.Label>
      {palettes.map((palette) => (
        <Menu.Item
          key={palette}
          role="menuitemradio"
          aria-checked={palette === chosen}
          leftSection={<span>{palette === chosen ? '✓' : '\u2003'}</span>}
          // hot metal shows much uptake bright
          onClick={() => useViewer.setState({ palette, inverted: false })}
        >
          {t(`palettes.${palette}`)}
        </Menu.Item>
      ))}
    </>
  )
}
