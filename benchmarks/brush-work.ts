import { SIDE } from '#shared/brush/inputs'
import { brushPicture } from '#shared/brush/picture'
import { SmartBrush } from '#shared/brush/smart-brush'
import type { Frame } from '#shared/domain/image'

const sides = [256, 512, 1024]
const rounds = 20

/**
 * Processor time of all that the smart brush does around its network: making a slice ready, and preparing, placing and
 * thresholding one pass of a first and of a second click. Needs no build and no browser.
 */
export default function benchBrushWork(): void {
  for (const side of sides) {
    const frame = sliceOf(side)
    const picture = brushPicture(frame)
    const ready = leastOf(() => frame, brushPicture)
    const first = leastOf(() => new SmartBrush(picture), clicked)
    const second = leastOf(() => clicked(new SmartBrush(picture)), clicked)
    console.log(
      `${side} x ${side}: making ready ${ready} ms, first click ${first} ms, second click ${second} ms`,
    )
  }
}

/** A click and its first pass, answered with a disc of half the view. */
function clicked(brush: SmartBrush): SmartBrush {
  brush.click({ x: 128, y: 128, positive: true })
  brush.pass()
  brush.take(disc)
  brush.mask()
  return brush
}

const disc = Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
  Math.hypot((at % SIDE) - SIDE / 2, Math.floor(at / SIDE) - SIDE / 2) < SIDE / 4 ? 4 : -4,
)

/** Milliseconds of the quickest of some rounds, of which the first compile; what is given to one is not counted. */
function leastOf<Given>(given: () => Given, run: (given: Given) => unknown): string {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const one = given()
    const start = process.cpuUsage()
    run(one)
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1000)
  }
  return least.toFixed(1)
}

function sliceOf(side: number): Frame {
  const data = Uint16Array.from({ length: side * side }, (_, at) => (at * 7919) % 4096)
  return {
    rows: side,
    columns: side,
    samples: 1,
    type: 'uint16',
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 4095,
    padding: null,
    spacing: null,
    data,
  }
}
