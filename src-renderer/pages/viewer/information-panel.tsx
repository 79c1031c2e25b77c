import { CloseButton } from '@mantine/core'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { InstanceHeader } from '#shared/domain/image'
import { actions } from './actions'
import classes from './information-panel.module.css'
import { suvText } from './suv-text'

/** What the file on the screen says of patient, study, series and image. */
export function InformationPanel() {
  const { t } = useTranslation(['viewer', 'common'])
  const image = useDeferredValue(useViewer((state) => state.drawn?.image))
  const header = useQuery(
    api.library.header.queryOptions({
      input: image ? { imageId: image.id } : skipToken,
      placeholderData: keepPreviousData,
    }),
  ).data
  return (
    <Panel
      title={t('information.title')}
      aside={<CloseButton size="sm" aria-label={t('common:close')} onClick={actions.toggleInformation} />}
    >
      {header && (
        <div className={classes.groups}>
          <Patient header={header} />
          <Study header={header} />
          <Series header={header} />
          <Image header={header} name={image?.name} frame={image?.frame ?? 0} />
        </div>
      )}
    </Panel>
  )
}

interface Props {
  header: InstanceHeader
}

function Patient({ header: { subject } }: Props) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  if (Object.values(subject).every((value) => value === null)) return null
  return (
    <Group title={t('information.patient')}>
      <Fact name={t('information.name')}>{subject.name}</Fact>
      <Fact name={t('information.id')}>{subject.id}</Fact>
      <Fact name={t('information.sex')}>{subject.sex}</Fact>
      <Fact name={t('information.birthDate')}>{subject.birthDate && format.day(subject.birthDate)}</Fact>
      <Fact name={t('information.age')}>{subject.age}</Fact>
    </Group>
  )
}

function Study({ header: { study } }: Props) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  if (Object.values(study).every((value) => value === null)) return null
  return (
    <Group title={t('information.study')}>
      <Fact name={t('information.date')}>
        {study.date && [format.day(study.date), study.time?.slice(0, 5)].filter(Boolean).join('  ')}
      </Fact>
      <Fact name={t('information.description')}>{study.description}</Fact>
      <Fact name={t('information.accession')}>{study.accession}</Fact>
      <Fact name={t('information.institution')}>{study.institution}</Fact>
    </Group>
  )
}

function Series({ header: { series, acquisition, suv } }: Props) {
  const { t } = useTranslation('viewer')
  const device = [series.manufacturer, series.device].filter(Boolean).join(' ')
  const facts = Object.entries(acquisition)
  const inWords = (name: string) => {
    const word = worded.find((one) => one === name)
    return word ? t(`information.facts.${word}`) : name
  }
  if (Object.values(series).every((value) => value === null) && facts.length === 0) return null
  return (
    <Group title={t('information.series')}>
      <Fact name={t('information.number')}>{series.number}</Fact>
      <Fact name={t('information.description')}>{series.description}</Fact>
      <Fact name={t('information.modality')}>{series.modality}</Fact>
      <Fact name={t('information.bodyPart')}>{series.bodyPart}</Fact>
      <Fact name={t('information.device')}>{device || null}</Fact>
      <Fact name={t('suv.title')}>{suv && suvText(suv, t)}</Fact>
      {facts.map(([name, value]) => (
        <Fact key={name} name={inWords(name)}>
          {tidy(value)}
        </Fact>
      ))}
    </Group>
  )
}

/** Facts with names in words; the others are abbreviations that every radiographer knows. */
const worded = ['kernel', 'contrast', 'protocol', 'location', 'laterality'] as const

/** A figure as people write it: no more than three decimals of what a computer left over. */
const tidy = (value: string) =>
  /^-?\d+\.\d{4,}$/.test(value) ? String(Number(Number(value).toFixed(3))) : value

function Image({ header, name, frame }: Props & { name: string | undefined; frame: number }) {
  const { t } = useTranslation('viewer')
  const { instance } = header
  const geometry = header.geometry[frame] ?? header.geometry[0]
  return (
    <Group title={t('information.image')}>
      <Fact name={t('information.file')}>{name}</Fact>
      <Fact name={t('information.format')}>{header.format.toUpperCase()}</Fact>
      <Fact name={t('information.size')}>
        {t('information.sizeValue', { columns: instance.columns, rows: instance.rows })}
      </Fact>
      <Fact name={t('information.spacing')}>
        {geometry?.spacing && `${geometry.spacing.map((value) => value.toFixed(3)).join(' × ')} mm`}
      </Fact>
      <Fact name={t('information.thickness')}>
        {geometry?.thickness != null && `${tidy(String(geometry.thickness))} mm`}
      </Fact>
      <Fact name={t('information.photometric')}>{instance.photometric}</Fact>
      <Fact name={t('information.bits')}>{instance.bitsStored}</Fact>
      <Fact name={t('information.transferSyntax')}>{instance.transferSyntax}</Fact>
      <Fact name={t('information.lossy')}>{instance.lossy && t('information.yes')}</Fact>
      <Fact name={t('information.sopInstance')}>{instance.uid}</Fact>
    </Group>
  )
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.group}>
      <h3>{title}</h3>
      <Facts>{children}</Facts>
    </section>
  )
}
