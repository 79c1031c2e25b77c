import { Menu } from '@mantine/core'
import { IconChevronDown, IconEdit, IconTag } from '@tabler/icons-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys'
import { acts } from './acts'
import classes from './annotations-panel.module.css'
import { useDrawable, type Working } from './desk'

const SchemaDialog = lazy(() => import('./schema-dialog'))

/** The label that is drawn, from a list that can be searched; and tags, which need no drawing. */
export function LabelChoice({ working }: { working: Working }) {
  const { t } = useTranslation('annotate')
  const { current, schema } = working.labels
  const [editing, setEditing] = useState(false)
  const drawable = useDrawable(working)
  return (
    <div className={classes.labels}>
      <LabelMenu
        working={working}
        onChoose={(key) => acts.label(working, key)}
        onEdit={() => setEditing(true)}
      >
        <button type="button" className={classes.label} aria-label={t('labels.choose')}>
          <span className={classes.swatch} style={{ background: current?.colour }} />
          <span className={classes.name}>{current ? working.labels.nameOf(current.key) : '\u00a0'}</span>
          {current?.hotKey && <Keys of={current.hotKey} />}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </LabelMenu>
      <LabelMenu working={working} title={t('tag.image')} onChoose={(key) => acts.tag(working, key, 'image')}>
        <button type="button" className={classes.tag} disabled={!drawable} title={t('tag.imageHelp')}>
          <IconTag size={15} aria-hidden />
          {t('tag.image')}
        </button>
      </LabelMenu>
      <LabelMenu working={working} title={t('tag.study')} onChoose={(key) => acts.tag(working, key, 'study')}>
        <button type="button" className={classes.tag} disabled={!drawable} title={t('tag.studyHelp')}>
          <IconTag size={15} aria-hidden />
          {t('tag.study')}
        </button>
      </LabelMenu>
      {editing && schema && (
        <Suspense>
          <SchemaDialog
            key={`${schema.id} ${schema.version}`}
            schema={schema}
            photographs={working.photographs}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

interface LabelMenuProps {
  working: Working
  title?: string
  onChoose: (key: string) => void
  /** Opens the labels for editing. */
  onEdit?: () => void
  children: ReactElement
}

/** Labels of the schema to choose from. */
export function LabelMenu({ working: { labels }, title, onChoose, onEdit, children }: LabelMenuProps) {
  const { t } = useTranslation('annotate')
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = (labels.schema?.labels ?? []).filter(
    ({ key, name }) => !wanted || [key, name.en, name.zh].some((text) => text.toLowerCase().includes(wanted)),
  )
  return (
    <Menu position="bottom-start" withinPortal width={280} onClose={() => setSearch('')}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        {title && <Menu.Label>{title}</Menu.Label>}
        {(labels.schema?.labels.length ?? 0) > 12 && (
          <input
            className={classes.search}
            value={search}
            placeholder={t('labels.search')}
            aria-label={t('labels.search')}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <div className={classes.choices}>
          {found.map(({ key, colour, hotKey }) => (
            <Menu.Item
              key={key}
              leftSection={<span className={classes.swatch} style={{ background: colour }} />}
              rightSection={hotKey ? <Keys of={hotKey} /> : undefined}
              onClick={() => onChoose(key)}
            >
              {labels.nameOf(key)}
            </Menu.Item>
          ))}
        </div>
        {onEdit && (
          <Menu.Item leftSection={<IconEdit size={14} />} onClick={onEdit}>
            {t('labels.edit')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
