import { skipToken, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { api } from '#renderer/app/api'
import { useFormat } from '#renderer/ui/format'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { edgeLetters } from '#renderer/viewer/view/orientation'
import { lengthText, scaleBar } from '#renderer/viewer/view/scale-bar'
import { positionAlong } from '#renderer/viewer/view/slice-position'
import { toImage } from '#renderer/viewer/view/view-state'
import type { SeriesCard } from '#shared/contract/library'
import type { InstanceHeader } from '#shared/domain/image'
import { Cautions } from './cautions'
import classes from './corners.module.css'
import { SpacingSource } from './spacing-source'
import { suvText } from './suv-text'
import { isPhotographs } from './use-study'

/** Who and what this is, in the corners; which way the patient lies, at the edges; how large, in the bar. */
export function Corners({ series }: { series: SeriesCard }) {
  const { t } = useTranslation('viewer')
  const shown = useViewer((state) => state.drawn !== null)
  const cover = series.coverImageId
  const header = useQuery(
    api.library.header.queryOptions({ input: shown && cover !== null ? { imageId: cover } : skipToken }),
  ).data
  return (
    <div className={classes.corners} aria-hidden={!shown}>
      <div className={classes.topLeft}>{header && <Subject header={header} series={series} />}</div>
      <div className={classes.topRight}>
        <Display />
      </div>
      <div className={classes.bottomLeft}>
        {header?.suv && 'missing' in header.suv && (
          <p>{t('corner.suvMissing', { reason: suvText(header.suv, t) })}</p>
        )}
        <Cautions />
        <Value />
        <Place photographs={isPhotographs(series)} />
      </div>
      <div className={classes.bottomRight}>
        <Scale />
      </div>
      <Letters />
    </div>
  )
}

function Subject({ header, series }: { header: InstanceHeader; series: SeriesCard }) {
  const format = useFormat()
  const { subject, study, acquisition } = header
  const lines = [
    [subject.name ?? subject.id, subject.sex, plainAge(subject.age)],
    [subject.name ? subject.id : null, study.date ? format.day(study.date) : null],
    [series.description || header.series.description],
    ...inThrees(sharedFacts(acquisition)),
  ]
  return lines
    .map((line) => line.filter(Boolean).join('  '))
    .filter(Boolean)
    .map((line) => <p key={line}>{line}</p>)
}

/** What holds for the whole series; where this slice lies is said in another corner. */
const sharedFacts = (acquisition: InstanceHeader['acquisition']) =>
  Object.entries(acquisition).flatMap(([name, value]) => (name === 'location' ? [] : `${name} ${value}`))

const inThrees = (facts: readonly string[]) =>
  Array.from({ length: Math.ceil(facts.length / 3) }, (_, line) => facts.slice(line * 3, line * 3 + 3))

/** `034Y` as `34 Y`. */
function plainAge(age: string | null): string | null {
  const parts = age ? /^0*(\d+)([DWMY])$/.exec(age) : null
  return parts ? `${parts[1]} ${parts[2]}` : age
}

function Display() {
  const { t } = useTranslation('viewer')
  const shown = useViewer(
    useShallow(({ drawn, graphics }) => ({
      grey: drawn?.frame.samples === 1,
      center: drawn?.greys.window.center ?? 0,
      width: drawn?.greys.window.width ?? 0,
      inverted: drawn?.greys.inverted,
      table: drawn?.greys.window.lut !== undefined,
      graphics: graphics && drawn?.frame.graphics !== undefined,
      zoom: drawn?.zoom ?? 0,
    })),
  )
  const figure = (value: number) => (shown.width >= 20 ? value.toFixed(0) : value.toPrecision(3))
  if (shown.zoom === 0) return null
  return (
    <>
      {shown.grey && (
        <p>{t('corner.window', { width: figure(shown.width), center: figure(shown.center) })}</p>
      )}
      <p>{t('corner.zoom', { percent: Math.round(shown.zoom * 100) })}</p>
      {shown.table && <p>{t('presets.table')}</p>}
      {shown.graphics && <p>{t('corner.graphics')}</p>}
      {shown.inverted && <p>{t('corner.inverted')}</p>}
    </>
  )
}

/** The value under the pointer, in the unit of the picture. */
function Value() {
  const { t } = useTranslation('viewer')
  const pointer = useViewer((state) => state.pointer)
  const drawn = useViewer((state) => state.drawn)
  if (!pointer || !drawn || drawn.frame.samples !== 1) return null
  const [x, y] = toImage(drawn.affine, pointer).map(Math.floor)
  const { frame } = drawn
  if (x === undefined || y === undefined || x < 0 || y < 0 || x >= frame.columns || y >= frame.rows)
    return null
  const value = (frame.data[y * frame.columns + x] as number) * frame.slope + frame.intercept
  const figure = Number.isInteger(value) ? String(value) : value.toPrecision(4)
  return <p>{t('corner.value', { x: x + 1, y: y + 1, value: figure, unit: frame.unit ?? '' })}</p>
}

function Place({ photographs }: { photographs: boolean }) {
  const { t } = useTranslation('viewer')
  const drawn = useViewer((state) => state.drawn)
  const count = useViewer((state) => state.count)
  if (!drawn) return null
  const position = positionAlong(drawn.image.geometry)
  return (
    <>
      {photographs && <p>{drawn.image.name}</p>}
      <p>
        {t(photographs ? 'stack.picture' : 'stack.slice')} {drawn.index + 1} / {count}
        {position && (
          <span className={classes.position}>
            {t('stack.position', { axis: position.axis, value: position.millimetres.toFixed(1) })}
          </span>
        )}
      </p>
    </>
  )
}

function Scale() {
  const perMillimetre = useViewer(({ drawn }) => {
    const spacing = drawn?.image.geometry?.spacing ?? drawn?.frame.spacing
    return drawn && spacing ? drawn.zoom / Math.min(...spacing) : null
  })
  const room = useViewer(({ drawn }) => (drawn?.viewport.width ?? 0) * 0.3)
  const bar = perMillimetre === null ? null : scaleBar(perMillimetre, Math.min(140, room))
  if (!bar) return null
  return (
    <div className={classes.scale}>
      <SpacingSource />
      <span>{lengthText(bar.millimetres)}</span>
      <span className={classes.bar} style={{ width: bar.pixels }} />
    </div>
  )
}

function Letters() {
  const orientation = useViewer((state) => state.drawn?.image.geometry?.orientation)
  const turned = useViewer((state) => state.view.orientation)
  if (!orientation) return null
  const letters = edgeLetters(orientation, turned)
  return (
    <>
      <span className={classes.top}>{letters.top}</span>
      <span className={classes.right}>{letters.right}</span>
      <span className={classes.bottom}>{letters.bottom}</span>
      <span className={classes.left}>{letters.left}</span>
    </>
  )
}
