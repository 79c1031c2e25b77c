import { IconX } from '@tabler/icons-react'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WrittenOn } from '#shared/contract/deidentify'
import { routes } from '#shared/contract/routes'
import type { PixelBox } from '#shared/domain/deidentification'
import classes from './text-review.module.css'

interface Props {
  file: WrittenOn
  boxes: PixelBox[]
  onChange: (boxes: PixelBox[]) => void
}

interface Point {
  x: number
  y: number
}

/** A picture with boxes over it: dragging adds one, the cross of a box takes it away. */
export function BoxEditor({ file, boxes, onChange }: Props) {
  const { t } = useTranslation('deidentify')
  const { rows, columns } = file
  const frame = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: Point; to: Point } | null>(null)

  const pointOf = (event: PointerEvent): Point => {
    const bounds = frame.current?.getBoundingClientRect()
    if (!bounds) return { x: 0, y: 0 }
    const along = (at: number, start: number, length: number, pixels: number) =>
      Math.min(pixels, Math.max(0, Math.round(((at - start) / length) * pixels)))
    return {
      x: along(event.clientX, bounds.left, bounds.width, columns),
      y: along(event.clientY, bounds.top, bounds.height, rows),
    }
  }
  const finish = () => {
    const box = drag && boxBetween(drag.from, drag.to)
    setDrag(null)
    if (box && box.width > 2 && box.height > 2) onChange([...boxes, box])
  }
  const place = ({ x, y, width, height }: PixelBox) => ({
    left: `${(x / columns) * 100}%`,
    top: `${(y / rows) * 100}%`,
    width: `${(width / columns) * 100}%`,
    height: `${(height / rows) * 100}%`,
  })
  const drawn = drag && boxBetween(drag.from, drag.to)
  return (
    <div
      ref={frame}
      className={classes.picture}
      style={{ aspectRatio: `${columns} / ${rows}` }}
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button')) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const from = pointOf(event)
        setDrag({ from, to: from })
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: pointOf(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      <img src={routes.thumbnail(file.imageId)} alt={file.description} draggable={false} />
      {boxes.map((box) => (
        <div key={`${box.x} ${box.y} ${box.width} ${box.height}`} className={classes.box} style={place(box)}>
          <button
            type="button"
            aria-label={t('review.remove')}
            title={t('review.remove')}
            onClick={() => onChange(boxes.filter((other) => other !== box))}
          >
            <IconX size={12} aria-hidden />
          </button>
        </div>
      ))}
      {drawn && <div className={classes.drawn} style={place(drawn)} />}
    </div>
  )
}

function boxBetween(from: Point, to: Point): PixelBox {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)]
  return { x, y, width: Math.max(1, Math.abs(from.x - to.x)), height: Math.max(1, Math.abs(from.y - to.y)) }
}
