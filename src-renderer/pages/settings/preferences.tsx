import { NativeSelect, SegmentedControl, Slider, Switch, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProviderName } from '#renderer/app/provider-names'
import { useSaveSettings } from '#renderer/app/settings'
import { toastError } from '#renderer/app/toast'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { Settings } from '#shared/contract/system'
import classes from './preferences.module.css'

const languages = ['system', 'en', 'zh'] as const
const themes = ['dark', 'light', 'system'] as const
const providers = ['auto', 'coreml', 'directml', 'cuda', 'webgpu', 'cpu', 'wasm'] as const

/** The person's choices; each is saved as it is made. */
export function Preferences({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings')
  const providerName = useProviderName()
  const { mutate } = useSaveSettings()
  const save = (change: Partial<Settings>) => mutate(change, { onError: toastError })
  return (
    <Panel title={t('preferences')}>
      <Line name={t('language.title')}>
        <SegmentedControl
          aria-label={t('language.title')}
          value={settings.language}
          onChange={(language) => save({ language })}
          data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </Line>
      <Line name={t('theme.title')}>
        <SegmentedControl
          aria-label={t('theme.title')}
          value={settings.theme}
          onChange={(theme) => save({ theme })}
          data={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </Line>
      <Line name={t('provider.title')} about={t('provider.about')}>
        <NativeSelect
          aria-label={t('provider.title')}
          value={settings.provider}
          onChange={(event) => {
            const provider = providers.find((known) => known === event.currentTarget.value)
            if (provider) save({ provider })
          }}
          data={providers.map((value) => ({ value, label: providerName(value) }))}
        />
      </Line>
      <Line name={t('predictions.title')} about={t('predictions.about')}>
        <Switch
          aria-label={t('predictions.title')}
          checked={settings.showPredictions}
          onChange={(event) => save({ showPredictions: event.currentTarget.checked })}
        />
      </Line>
      <Line name={t('opacity')}>
        <Opacity saved={settings.overlayOpacity} onSave={(overlayOpacity) => save({ overlayOpacity })} />
      </Line>
      <Line name={t('reader.title')} about={t('reader.about')}>
        <Reader key={settings.reader} saved={settings.reader} onSave={(reader) => save({ reader })} />
      </Line>
    </Panel>
  )
}

/** Saved when the field is left; an empty name is the operating system's user. */
function Reader({ saved, onSave }: { saved: string; onSave: (reader: string) => void }) {
  const { t } = useTranslation('settings')
  const [name, setName] = useState(saved)
  return (
    <TextInput
      aria-label={t('reader.title')}
      maxLength={100}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => {
        if (name.trim() !== saved) onSave(name.trim())
      }}
    />
  )
}

function Opacity({ saved, onSave }: { saved: number; onSave: (opacity: number) => void }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const [opacity, setOpacity] = useState(saved)
  useEffect(() => setOpacity(saved), [saved])
  return (
    <div className={classes.opacity}>
      <Slider
        min={0}
        max={1}
        step={0.05}
        label={null}
        value={opacity}
        onChange={setOpacity}
        onChangeEnd={onSave}
        thumbProps={{ 'aria-label': t('opacity') }}
      />
      <output>{format.percent(opacity)}</output>
    </div>
  )
}

function Line({ name, about, children }: { name: string; about?: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <div>
        <p>{name}</p>
        {about && <p className={classes.about}>{about}</p>}
      </div>
      {children}
    </div>
  )
}
