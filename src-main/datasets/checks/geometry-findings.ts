import { z } from 'zod'
import type { Member } from '../members/members'
import type { Found } from './pixel-findings'

/** How much of a kind must agree before the rest is odd. */
const most = 0.8
/** Times larger or smaller than the middle. */
const oddRatio = 2.5

const six = z.array(z.number()).length(6)
const two = z.array(z.number()).length(2)

/** Images whose plane or pixel spacing is unlike that of most images of the same modality. */
export function geometryFindings(members: readonly Member[]): Found[] {
  const found: Found[] = []
  for (const own of Map.groupBy(members, ({ modality }) => modality).values()) {
    found.push(...oddPlanes(own), ...oddSpacings(own))
  }
  return found
}

function oddPlanes(members: readonly Member[]): Found[] {
  const planes = members.map(({ orientation }) => planeOf(orientation))
  const usual = [...Map.groupBy(planes, (plane) => plane)].sort((a, b) => b[1].length - a[1].length)[0]
  if (!usual || usual[0] === null || usual[1].length < most * members.length) return []
  return members.flatMap(({ imageId }, i): Found[] =>
    planes[i] === usual[0] ? [] : [{ kind: 'odd-orientation', imageId, detail: planes[i] ?? '' }],
  )
}

function oddSpacings(members: readonly Member[]): Found[] {
  const spacings = members.map(({ spacing }) => spacingOf(spacing))
  const known = spacings.filter((value) => value !== null).sort((a, b) => a - b)
  const middle = known[Math.floor(known.length / 2)]
  if (middle === undefined || known.length < most * members.length) return []
  return members.flatMap(({ imageId }, i): Found[] => {
    const own = spacings[i] ?? null
    if (own !== null && own < oddRatio * middle && own > middle / oddRatio) return []
    return [{ kind: 'odd-spacing', imageId, ...(own !== null && { value: own }) }]
  })
}

/** The axis of the patient that slices are cut across: `axial`, `coronal` or `sagittal`. */
function planeOf(orientation: string | null): string | null {
  const cosines = six.safeParse(orientation === null ? null : JSON.parse(orientation))
  if (!cosines.success) return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = cosines.data
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d].map(Math.abs)
  return ['sagittal', 'coronal', 'axial'][normal.indexOf(Math.max(...normal))] ?? null
}

/** Side of a pixel in millimetres. */
function spacingOf(spacing: string | null): number | null {
  const sides = two.safeParse(spacing === null ? null : JSON.parse(spacing))
  if (!sides.success) return null
  const [down = 0, across = 0] = sides.data
  return down * across > 0 ? Math.sqrt(down * across) : null
}
