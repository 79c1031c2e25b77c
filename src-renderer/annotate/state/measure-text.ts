import { useCallback } from 'react'
import { useFormat } from '#renderer/ui/format'
import type { Shape } from '#shared/domain/annotation/shape'
import { measure, type Spacing } from '#shared/geometry/shapes/measures'

/** What is measured of a shape in one line: lengths in mm and areas in mm² where the spacing is known, else in px. */
export function useMeasureText(): (shape: Shape, spacing: Spacing | null) => string {
  const format = useFormat()
  return useCallback(
    (shape, spacing) => {
      const { unit, area, length, angle, sides } = measure(shape, spacing)
      const figure = (value: number) => (value >= 100 ? format.whole(value) : format.tenths(value))
      const parts = [
        length !== null && `${figure(length)} ${unit}`,
        angle !== null && `${format.tenths(angle)}°`,
        sides && `${figure(sides[0])} × ${figure(sides[1])} ${unit}`,
        area !== null && `${figure(area)} ${unit}²`,
      ]
      return parts.filter(Boolean).join(' · ')
    },
    [format],
  )
}
