import '@mantine/core/styles/NumberInput.css'
import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import {
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconCircleFilled,
  IconCopy,
  IconPolygon,
  IconStack2,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBilingual } from '#renderer/app/label-names'
import { keyFaces } from '#renderer/app/shortcuts'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { LabelAttribute } from '#shared/domain/annotation/label-schema'
import { describe } from '../state/commands'
import { useMeasureText } from '../state/measure-text'
import { acts } from './acts'
import classes from './annotations-panel.module.css'
import type { Working } from './desk'
import { History } from './history'
import type { AnnotatedObject } from './objects'

/** What is known of the selected object: measures, origin, the questions of its label, a note. */
export function ObjectDetail({ object, working }: { object: AnnotatedObject; working: Working }) {
  const { t } = useTranslation('annotate')
  const format = useFormat()
  const measureText = useMeasureText()
  const [past, setPast] = useState(false)
  const { first, parts } = object
  const { labels, images } = working
  const shown = useViewer((state) => state.drawn?.image.id)
  const here = parts.find(({ imageId }) => imageId === shown)
  const geometry = images.find(({ id }) => id === here?.imageId)?.geometry
  const origin = first.origin
  const attributes = labels.of(first.label)?.attributes ?? []
  const area = here && here.shape.kind !== 'tag' && here.shape.kind !== 'point'
  return (
    <div className={classes.detail}>
      <Facts>
        {area && <Fact name={t('detail.measure')}>{measureText(here.shape, geometry?.spacing ?? null)}</Fact>}
        {area && (
          <Fact name={t('detail.spacing')}>
            {t(`spacings.${geometry?.spacing ? geometry.spacingSource : 'none'}`)}
          </Fact>
        )}
        <Fact name={t('detail.reader')}>{first.reader}</Fact>
        <Fact name={t('detail.changed')}>{format.moment(first.updatedAt)}</Fact>
        {origin && (
          <Fact name={t(`states.${first.state}`)}>
            {origin.modelId} {origin.modelVersion} · {format.score(origin.score)}
          </Fact>
        )}
      </Facts>
      {here && here.shape.kind !== 'tag' && (
        <div className={classes.acts}>
          {!working.photographs && (
            <>
              <Act
                icon={<IconCopy size={15} />}
                name={t('acts.copyNext')}
                keys="Shift+ArrowDown"
                run={() => acts.copy(working, 1)}
              />
              <Act
                icon={<IconStack2 size={15} />}
                name={t('acts.interpolate')}
                keys="Shift+T"
                run={() => acts.interpolate(working)}
              />
            </>
          )}
          <Act
            icon={<IconArrowsSplit2 size={15} />}
            name={t('acts.split')}
            keys="Shift+K"
            run={() => acts.split(working)}
          />
          <Act
            icon={<IconArrowsJoin2 size={15} />}
            name={t('acts.merge')}
            keys="Shift+J"
            run={() => acts.merge(working)}
          />
          <Act
            icon={<IconCircleFilled size={15} />}
            name={t('acts.closeHoles')}
            keys="Shift+O"
            run={() => acts.closeHoles(working)}
          />
          <Act
            icon={<IconPolygon size={15} />}
            name={t('acts.convert')}
            keys="Shift+V"
            run={() => acts.convert(working)}
          />
        </div>
      )}
      {attributes.map((attribute) => (
        <Attribute
          key={attribute.key}
          attribute={attribute}
          value={first.attributes[attribute.key]}
          onSay={(value) =>
            describe(working, parts, {
              attributes: {
                ...without(first.attributes, attribute.key),
                ...(value === null ? {} : { [attribute.key]: value }),
              },
            })
          }
        />
      ))}
      <Note
        key={`${object.id} ${first.note}`}
        note={first.note}
        onSay={(note) => describe(working, parts, { note })}
      />
      <details className={classes.past} onToggle={(event) => setPast(event.currentTarget.open)}>
        <summary>{t('history.title')}</summary>
        {past && <History one={here ?? first} />}
      </details>
    </div>
  )
}

function Act({ icon, name, keys, run }: { icon: ReactNode; name: string; keys: string; run: () => void }) {
  return (
    <button
      type="button"
      className={classes.act}
      aria-label={name}
      title={`${name} (${keyFaces(keys).join(' ')})`}
      onClick={run}
    >
      {icon}
    </button>
  )
}

type Value = string | number | string[]

const without = (all: Record<string, Value>, key: string) =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== key))

interface AttributeProps {
  attribute: LabelAttribute
  value: Value | undefined
  /** Null takes the answer back. */
  onSay: (value: Value | null) => void
}

/** A question that the label asks. */
function Attribute({ attribute, value, onSay }: AttributeProps) {
  const inLanguage = useBilingual()
  const label = inLanguage(attribute.name)
  if (attribute.type === 'select') {
    const data = attribute.options.map(({ key, name }) => ({ value: key, label: inLanguage(name) }))
    return attribute.several ? (
      <MultiSelect
        size="xs"
        label={label}
        data={data}
        value={Array.isArray(value) ? value : []}
        onChange={onSay}
      />
    ) : (
      <Select
        size="xs"
        label={label}
        data={data}
        clearable
        value={typeof value === 'string' ? value : null}
        onChange={onSay}
      />
    )
  }
  if (attribute.type === 'number') {
    const { least, most, unit } = attribute
    return (
      <NumberInput
        size="xs"
        label={unit ? `${label} (${unit})` : label}
        {...(least === null ? {} : { min: least })}
        {...(most === null ? {} : { max: most })}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onSay(typeof next === 'number' ? next : null)}
      />
    )
  }
  return <Words label={label} value={typeof value === 'string' ? value : ''} onSay={onSay} />
}

/** Said when the field is left, not at every letter. */
function Words({
  label,
  value,
  onSay,
}: {
  label: string
  value: string
  onSay: (value: string | null) => void
}) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const leave = () => {
    if (text !== value) onSay(text === '' ? null : text)
  }
  return (
    <TextInput
      size="xs"
      label={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}

function Note({ note, onSay }: { note: string; onSay: (note: string) => void }) {
  const { t } = useTranslation('annotate')
  const [text, setText] = useState(note)
  return (
    <Textarea
      size="xs"
      label={t('detail.note')}
      autosize
      minRows={1}
      maxRows={5}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== note) onSay(text)
      }}
    />
  )
}
