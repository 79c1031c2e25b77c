import { IconDatabase, IconInbox, IconServer } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '#shared/domain/source'
import { addressOf } from './address'
import classes from './source-list.module.css'

/** The place beside the archives: what comes in by itself. */
export const INTAKE = 'intake'

interface Props {
  sources: readonly Source[]
  chosen: number | typeof INTAKE | null
  onChoose: (place: number | typeof INTAKE) => void
}

/** The archives, and under them what comes in by itself. */
export function SourceList({ sources, chosen, onChoose }: Props) {
  const { t } = useTranslation('sources')
  return (
    <nav className={classes.list} aria-label={t('title')}>
      <h2>{t('archives')}</h2>
      {sources.length === 0 && <p className={classes.none}>{t('none')}</p>}
      {sources.map((source) => (
        <Place
          key={source.id}
          icon={source.place.kind === 'dicomweb' ? <IconServer /> : <IconDatabase />}
          name={source.name}
          about={addressOf(source.place)}
          current={chosen === source.id}
          onChoose={() => onChoose(source.id)}
        />
      ))}
      <h2>{t('here')}</h2>
      <Place
        icon={<IconInbox />}
        name={t('intake.title')}
        about={t('intake.short')}
        current={chosen === INTAKE}
        onChoose={() => onChoose(INTAKE)}
      />
    </nav>
  )
}

interface PlaceProps {
  icon: ReactNode
  name: string
  about: string
  current: boolean
  onChoose: () => void
}

function Place({ icon, name, about, current, onChoose }: PlaceProps) {
  return (
    <button
      type="button"
      className={classes.place}
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
    >
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <span className={classes.text}>
        <b>{name}</b>
        <span>{about}</span>
      </span>
    </button>
  )
}
