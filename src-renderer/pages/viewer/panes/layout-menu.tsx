import { ActionIcon, Menu } from '@mantine/core'
import { IconLayoutGrid } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys'
import { type Links, layouts, toggleLink, usePanes } from '#renderer/viewer/state/panes'
import { setLayout } from './layout-actions'
import { LayoutGlyph } from './layout-glyph'
import classes from './panes.module.css'
import { Protocols } from './protocols'

const links: readonly { link: keyof Links; keys?: string }[] = [
  { link: 'scroll', keys: 'Shift+S' },
  { link: 'window' },
  { link: 'zoom' },
  { link: 'lines', keys: 'Shift+X' },
]

/** How many panes there are, and what they do together. */
export function LayoutMenu() {
  const { t } = useTranslation('viewer')
  const layout = usePanes((state) => state.layout)
  const linked = usePanes((state) => state.links)
  return (
    <Menu position="bottom-start" withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('panes.layout')}
          title={t('panes.layout')}
        >
          <IconLayoutGrid size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('panes.layout')}</Menu.Label>
        <div className={classes.menu} role="radiogroup" aria-label={t('panes.layout')}>
          {layouts.map((one) => (
            <ActionIcon
              key={one}
              variant={one === layout ? 'light' : 'subtle'}
              color={one === layout ? 'accent' : 'gray'}
              size={36}
              role="radio"
              aria-checked={one === layout}
              aria-label={t(`panes.layouts.${one}`)}
              title={t(`panes.layouts.${one}`)}
              onClick={() => setLayout(one)}
            >
              <LayoutGlyph layout={one} />
            </ActionIcon>
          ))}
        </div>
        <Protocols />
        <Menu.Label>{t('panes.links')}</Menu.Label>
        {links.map(({ link, keys }) => (
          <Menu.Item
            key={link}
            role="menuitemcheckbox"
            aria-checked={linked[link]}
            leftSection={<span>{linked[link] ? '✓' : '\u2003'}</span>}
            rightSection={keys ? <Keys of={keys} /> : undefined}
            onClick={() => toggleLink(link)}
          >
            {t(`panes.link.${link}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
