import {
  IconAdjustmentsHorizontal,
  IconBox,
  IconChartBar,
  IconDatabaseShare,
  IconKeyboard,
  IconLayoutGrid,
  IconStack2,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { Logo } from '#renderer/ui/logo'
import type { JobKind } from '#shared/domain/job'
import { useLiveJobs } from '../live'
import classes from './layout.module.css'

/** The places of the app. */
export function Rail({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation()
  const inViewer = useLocation().pathname.startsWith('/study/')
  return (
    <nav className={classes.rail} aria-label={t('places.label')}>
      <NavLink to="/" className={classes.logo ?? ''} aria-label="Lepton Studio">
        <Logo />
      </NavLink>
      <Place
        to="/"
        icon={<IconLayoutGrid />}
        label={t('places.library')}
        current={inViewer}
        kinds={['import']}
      />
      <Place
        to="/sources"
        icon={<IconDatabaseShare />}
        label={t('places.sources')}
        kinds={['fetch', 'send']}
      />
      <Place to="/scoring" icon={<IconChartBar />} label={t('places.scoring')} kinds={['score']} />
      <Place to="/datasets" icon={<IconStack2 />} label={t('places.datasets')} kinds={['check', 'teach']} />
      <Place to="/models" icon={<IconBox />} label={t('places.models')} />
      <div className={classes.railEnd}>
        <button
          type="button"
          className={classes.place}
          onClick={onShortcuts}
          title={`${t('places.keys')} (?)`}
        >
          <IconKeyboard aria-hidden />
          <span>{t('places.keys')}</span>
        </button>
        <Place to="/settings" icon={<IconAdjustmentsHorizontal />} label={t('places.settings')} />
      </div>
    </nav>
  )
}

interface PlaceProps {
  to: string
  icon: ReactNode
  label: string
  /** Part of this place although its address is another's. */
  current?: boolean
  /** Jobs of these kinds, while they run, show as a dot. */
  kinds?: readonly JobKind[]
}

function Place({ to, icon, label, current = false, kinds = [] }: PlaceProps) {
  const { t } = useTranslation()
  const busy = useLiveJobs((live) =>
    [...live.jobs.values()].some((job) => kinds.includes(job.kind) && job.state === 'running'),
  )
  return (
    <NavLink
      to={to}
      end={to === '/'}
      className={({ isActive }) =>
        [classes.place, (isActive || current) && classes.here].filter(Boolean).join(' ')
      }
    >
      <span className={classes.icon} aria-hidden>
        {icon}
        {busy && <span className={classes.busy} />}
      </span>
      <span>{label}</span>
      {busy && <span className={classes.hidden}>{t('places.busy')}</span>}
    </NavLink>
  )
}
