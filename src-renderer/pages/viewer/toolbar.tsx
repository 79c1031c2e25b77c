import { ActionIcon, Menu } from '@mantine/core'
import {
  IconAdjustmentsHorizontal,
  IconAspectRatio,
  IconContrast,
  IconContrast2,
  IconCurrentLocation,
  IconEye,
  IconEyeOff,
  IconFlipHorizontal,
  IconFlipVertical,
  IconHandMove,
  IconInfoCircle,
  IconMaximize,
  IconRestore,
  IconRotateClockwise,
  IconZoom,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { keyFaces } from '#renderer/app/shortcuts'
import { ExchangeMenu } from '#renderer/pages/exchange/exchange-menu'
import { Keys } from '#renderer/ui/keys'
import { usePanes } from '#renderer/viewer/state/panes'
import { type Tool, toolInHand, useViewer } from '#renderer/viewer/state/viewer-store'
import { actions } from './actions'
import { PlanesButton } from './mpr/planes-button'
import { PaletteItems } from './palette-items'
import { LayoutMenu } from './panes/layout-menu'
import { SaveVolume } from './save-volume'
import { FindSimilar } from './similar/find-similar'
import classes from './toolbar.module.css'

/** What the hand does, and what can be done to the picture; every button says its key. */
export function Toolbar() {
  const { t } = useTranslation('viewer')
  const predictions = useViewer((state) => state.predictions)
  const information = useViewer((state) => state.information)
  const inverted = useViewer((state) => state.inverted)
  const planes = usePanes((state) => state.planes)
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('tools.label')}>
      <Tools />
      <Presets />
      <LayoutMenu />
      <PlanesButton />
      <span className={classes.rule} />
      {!planes && <Turns />}
      <Act
        icon={<IconContrast />}
        label={t('tools.invert')}
        keys="Shift+I"
        run={actions.invert}
        pressed={inverted}
      />
      <span className={classes.rule} />
      {!planes && <Sizes />}
      <Act icon={<IconRestore />} label={t('tools.reset')} keys="Shift+R" run={actions.reset} />
      <span className={classes.space} />
      {!planes && <FindSimilar />}
      <SaveVolume />
      <ExchangeMenu />
      <Act
        icon={predictions ? <IconEye /> : <IconEyeOff />}
        label={t('tools.predictions')}
        keys="v"
        run={actions.togglePredictions}
        pressed={predictions}
      />
      <Act
        icon={<IconInfoCircle />}
        label={t('tools.information')}
        keys="i"
        run={actions.toggleInformation}
        pressed={information}
      />
    </div>
  )
}

function Turns() {
  const { t } = useTranslation('viewer')
  return (
    <>
      <Act icon={<IconRotateClockwise />} label={t('tools.rotate')} keys="r" run={actions.rotate} />
      <Act
        icon={<IconFlipHorizontal />}
        label={t('tools.flipHorizontal')}
        keys="h"
        run={actions.flipHorizontal}
      />
      <Act
        icon={<IconFlipVertical />}
        label={t('tools.flipVertical')}
        keys="Shift+H"
        run={actions.flipVertical}
      />
    </>
  )
}

function Sizes() {
  const { t } = useTranslation('viewer')
  return (
    <>
      <Act icon={<IconMaximize />} label={t('tools.fit')} keys="f" run={actions.fit} />
      <Act icon={<IconAspectRatio />} label={t('tools.oneToOne')} keys="Shift+F" run={actions.oneToOne} />
    </>
  )
}

function Tools() {
  const { t } = useTranslation('viewer')
  const tool = useViewer(toolInHand)
  const colour = useViewer((state) => state.drawn?.frame.samples === 3)
  const planes = usePanes((state) => state.planes)
  return (
    <fieldset className={classes.tools} aria-label={t('tools.label')}>
      {(planes ? [crosshair, ...tools] : tools).map(({ value, icon, keys }) => (
        <button
          key={value}
          type="button"
          className={classes.tool}
          aria-pressed={tool === value}
          aria-label={t(`tools.${value}`)}
          disabled={colour && value === 'window'}
          title={value === 'window' ? t('tools.windowHelp') : undefined}
          onClick={() => useViewer.setState({ tool: value })}
        >
          {icon}
          <span className={classes.name}>{t(`tools.${value}`)}</span>
          <Keys of={keys} />
        </button>
      ))}
    </fieldset>
  )
}

const tools: readonly { value: Tool; icon: ReactNode; keys: string }[] = [
  { value: 'window', icon: <IconContrast2 size={16} aria-hidden />, keys: 'w' },
  { value: 'pan', icon: <IconHandMove size={16} aria-hidden />, keys: 'g' },
  { value: 'zoom', icon: <IconZoom size={16} aria-hidden />, keys: 'z' },
]

const crosshair = {
  value: 'crosshair',
  icon: <IconCurrentLocation size={16} aria-hidden />,
  keys: 'c',
} as const

function Presets() {
  const { t } = useTranslation('viewer')
  const presets = useViewer((state) => state.presets)
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('tools.presets')}
          title={t('tools.presets')}
          disabled={presets.length === 0}
        >
          <IconAdjustmentsHorizontal size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.map(({ name, window, detail = '' }, at) => (
          <Menu.Item
            key={`${name} ${detail}`}
            rightSection={at < 9 ? <Keys of={String(at + 1)} /> : undefined}
            onClick={() => useViewer.setState({ window })}
          >
            {detail || t(`presets.${name}`)}
            <span className={classes.values}>
              {t('corner.window', { width: Math.round(window.width), center: Math.round(window.center) })}
            </span>
          </Menu.Item>
        ))}
        <PaletteItems />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ActProps {
  icon: ReactNode
  label: string
  keys: string
  run: () => void
  /** For buttons that stay pressed. */
  pressed?: boolean
}

function Act({ icon, label, keys, run, pressed }: ActProps) {
  return (
    <ActionIcon
      variant="subtle"
      color={pressed ? 'accent' : 'gray'}
      size={32}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys.toUpperCase()}
      title={`${label} (${keyFaces(keys).join(' ')})`}
      onClick={run}
      className={classes.act ?? ''}
    >
      {icon}
    </ActionIcon>
  )
}
