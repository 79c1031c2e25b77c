import type { ReactNode } from 'react'
import classes from './charts.module.css'

/** Size of a plot in its own units, and the room for axis texts at the left and below. */
export const plot = { width: 320, height: 208, left: 44, right: 12, top: 8, bottom: 32 }

/** Places a share from 0 to 1 in the plot. */
export const atX = (share: number) => plot.left + share * (plot.width - plot.left - plot.right)
export const atY = (share: number) =>
  plot.height - plot.bottom - share * (plot.height - plot.top - plot.bottom)

const ticks = [0, 0.25, 0.5, 0.75, 1]

interface Props {
  /** What the plot shows, for those who do not see it. */
  label: string
  x: string
  y: string
  children: ReactNode
}

/** Both axes from 0 to 1 with a grid. */
export function Frame({ label, x, y, children }: Props) {
  return (
    <svg className={classes.plot} viewBox={`0 0 ${plot.width} ${plot.height}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes.grid} x1={atX(0)} x2={atX(1)} y1={atY(tick)} y2={atY(tick)} />
          <line className={classes.grid} x1={atX(tick)} x2={atX(tick)} y1={atY(0)} y2={atY(1)} />
          <text className={classes.tick} x={atX(0) - 4} y={atY(tick) + 3} textAnchor="end">
            {tick}
          </text>
          <text className={classes.tick} x={atX(tick)} y={atY(0) + 12} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
      <text className={classes.name} x={atX(0.5)} y={plot.height - 4} textAnchor="middle">
        {x}
      </text>
      <text className={classes.name} textAnchor="middle" transform={`translate(10 ${atY(0.5)}) rotate(-90)`}>
        {y}
      </text>
      {children}
    </svg>
  )
}

/** An SVG path through points given as shares of both axes. */
export const pathThrough = (points: readonly (readonly [number, number])[]) =>
  points
    .map(([x, y], place) => `${place === 0 ? 'M' : 'L'}${atX(x).toFixed(1)} ${atY(y).toFixed(1)}`)
    .join(' ')
