import classes from './progress-bar.module.css'

interface Props {
  /** From 0 to 1; null while the end is not known. */
  value: number | null
  label: string
  tone?: 'accent' | 'ok' | 'quiet' | 'bad'
}

/** How far something is. */
export function ProgressBar({ value, label, tone = 'accent' }: Props) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      data-tone={tone}
    >
      <div
        className={value === null ? classes.unknown : classes.done}
        style={value === null ? undefined : { transform: `scaleX(${Math.min(1, Math.max(0, value))})` }}
      />
    </div>
  )
}
