import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBilingual } from '#renderer/app/label-names'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { grouped, matching } from './label-groups'
import classes from './label-list.module.css'
import { Swatch } from './swatch'

/** From so many labels on, a field to search them is worth its room. */
const MANY = 10

/** A model's labels with their codes, under their groups; searchable where they are many. */
export function LabelList({ manifest }: { manifest: Pick<ModelManifest, 'labels' | 'groups'> }) {
  const { t } = useTranslation('models')
  const inLanguage = useBilingual()
  const [search, setSearch] = useState('')
  const groups = useMemo(() => grouped(matching(manifest, search), manifest.groups), [manifest, search])
  return (
    <>
      {manifest.labels.length > MANY && (
        <TextInput
          size="xs"
          role="searchbox"
          aria-label={t('labels.search')}
          placeholder={t('labels.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={classes.labels}>
        {groups.length === 0 && <p className="quiet">{t('labels.noMatch')}</p>}
        {groups.map(({ group, labels }) => (
          <section key={group?.id ?? ''}>
            {group && <h3>{inLanguage(group.name)}</h3>}
            <ul>
              {labels.map((label) => (
                <li key={label.id}>
                  <Swatch colour={label.colour}>{inLanguage(label.name)}</Swatch>
                  <span className={classes.code}>
                    {label.code ? (
                      <span title={label.code.meaning}>
                        {label.code.scheme} {label.code.value}
                      </span>
                    ) : (
                      label.id
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}
