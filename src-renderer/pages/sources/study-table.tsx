import { ActionIcon, Checkbox } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundStudy, WantedPart } from '#shared/contract/sources'
import type { Source } from '#shared/domain/source'
import { HeldChip } from './held-chip'
import { SeriesRows } from './series-rows'
import classes from './study-table.module.css'

export type Chosen = ReadonlyMap<string, WantedPart>

interface Props {
  source: Source
  studies: readonly FoundStudy[]
  /** Chosen studies by their UID, chosen series by `<study>/<series>`. */
  chosen: Chosen
  onChosen: (chosen: Chosen) => void
}

/** Found studies, to be chosen whole or series by series. */
export function StudyTable({ source, studies, chosen, onChosen }: Props) {
  const { t } = useTranslation('sources')
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const all = studies.every(({ uid }) => chosen.has(uid))
  const choose = (study: FoundStudy, on: boolean) => {
    const others = [...chosen].filter(([, part]) => part.studyUid !== study.uid)
    onChosen(new Map(on ? [...others, [study.uid, { studyUid: study.uid }]] : others))
  }
  const unfold = (uid: string) =>
    setOpened(new Set(opened.has(uid) ? [...opened].filter((other) => other !== uid) : [...opened, uid]))
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>
              <Checkbox
                aria-label={t('table.all')}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={(event) =>
                  onChosen(
                    new Map(
                      event.currentTarget.checked ? studies.map(({ uid }) => [uid, { studyUid: uid }]) : [],
                    ),
                  )
                }
              />
            </th>
            <th aria-label={t('table.series')} />
            <th>{t('search.patientName')}</th>
            <th>{t('search.patientId')}</th>
            <th>{t('table.date')}</th>
            <th>{t('search.modality')}</th>
            <th>{t('search.description')}</th>
            <th className={classes.number}>{t('table.objects')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <Fragment key={study.uid}>
              <tr data-chosen={chosen.has(study.uid) || undefined}>
                <td>
                  <Checkbox
                    aria-label={t('table.choose', { name: study.patientId ?? study.uid })}
                    checked={chosen.has(study.uid)}
                    indeterminate={!chosen.has(study.uid) && hasSeriesOf(chosen, study)}
                    onChange={(event) => choose(study, event.currentTarget.checked)}
                  />
                </td>
                <td>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    aria-label={t('table.series')}
                    aria-expanded={opened.has(study.uid)}
                    onClick={() => unfold(study.uid)}
                  >
                    {opened.has(study.uid) ? (
                      <IconChevronDown size={16} aria-hidden />
                    ) : (
                      <IconChevronRight size={16} aria-hidden />
                    )}
                  </ActionIcon>
                </td>
                <td className={classes.name}>{readable(study.patientName)}</td>
                <td>{study.patientId}</td>
                <td className={classes.date}>{[study.date, study.time].filter(Boolean).join(' ')}</td>
                <td>{study.modalities.join(', ')}</td>
                <td className={classes.text}>{study.description}</td>
                <td className={classes.number}>{study.instanceCount}</td>
                <td>
                  <HeldChip held={study.held} of={study.instanceCount} />
                </td>
              </tr>
              {opened.has(study.uid) && (
                <SeriesRows source={source} study={study} chosen={chosen} onChosen={onChosen} />
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const hasSeriesOf = (chosen: Chosen, { uid }: FoundStudy) =>
  [...chosen.values()].some((part) => part.studyUid === uid)

const readable = (name: string | null) => name?.replace(/[\^=]+/g, ' ').trim()
