import classes from './facet.module.css'
import { useFormat } from './format'

interface Props {
  label: string
  count: number | undefined
  on: boolean
  warn?: boolean
  onClick: () => void
}

/** One way to narrow a list, with how many it leaves; pressed while it does. */
export function Facet({ label, count, on, warn = false, onClick }: Props) {
  const format = useFormat()
  return (
    <button type="button" className={classes.facet} aria-pressed={on} onClick={onClick}>
      <span>{label}</span>
      {count !== undefined && (
        <span className={warn ? classes.warn : classes.count}>{format.whole(count)}</span>
      )}
    </button>
  )
}
