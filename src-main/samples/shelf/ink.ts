import type { Camera, Point } from './camera'

export type Stop = readonly [place: number, colour: string, opacity: number]

/** Draws shapes of the shelf's space into an SVG picture, each over what was drawn before. */
export interface Ink {
  polygon(points: readonly Point[], fill: string, opacity?: number): void
  /** Light and shadow that change along the line between two points; `stops` are place, colour and opacity. */
  shade(points: readonly Point[], along: readonly [Point, Point], stops: readonly Stop[]): void
  /** Strokes of a round pen, `width` in centimetres. */
  strokes(lines: readonly (readonly Point[])[], width: number, colour: string): void
  svg(): string
}

export function inkFor(camera: Camera, width: number, height: number, background: string): Ink {
  const shapes: string[] = []
  const tenth = (value: number) => Math.round(value * 10) / 10
  const path = (points: readonly Point[]) => {
    let text = ''
    for (const point of points) {
      const [x, y] = camera.project(point)
      text += `${text === '' ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`
    }
    return text
  }
  return {
    polygon(points, fill, opacity = 1) {
      const shade = opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(3)}"`
      shapes.push(`<path d="${path(points)}Z" fill="${fill}"${shade}/>`)
    },
    shade(points, [from, to], stops) {
      const id = `g${shapes.length}`
      const [[x1, y1], [x2, y2]] = [camera.project(from), camera.project(to)]
      const inner = stops.map(
        ([place, colour, opacity]) =>
          `<stop offset="${place}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
      )
      shapes.push(
        `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${tenth(x1)}" y1="${tenth(y1)}" x2="${tenth(x2)}" y2="${tenth(y2)}">${inner.join('')}</linearGradient>`,
        `<path d="${path(points)}Z" fill="url(#${id})"/>`,
      )
    },
    strokes(lines, lineWidth, colour) {
      const first = lines[0]?.[0]
      if (first === undefined) return
      const pen = tenth(lineWidth * camera.scale(first))
      shapes.push(
        `<path d="${lines.map(path).join('')}" fill="none" stroke="${colour}" stroke-width="${pen}" stroke-linecap="round" stroke-linejoin="round"/>`,
      )
    },
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/>${shapes.join('')}</svg>`,
  }
}
