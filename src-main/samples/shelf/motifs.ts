import type { Motif } from './catalogue'

/** A painted shape on a front: corners as shares of its width and height. */
export interface Patch {
  corners: [number, number][]
  accent: boolean
}

/** The picture on a package's front, between the heights `low` and `high`. */
export function motifPatches(motif: Motif, low: number, high: number): Patch[] {
  const at = (share: number) => low + (high - low) * share
  const disc = (u: number, v: number, ru: number, rv: number, accent: boolean): Patch => ({
    corners: Array.from({ length: 18 }, (_, i): [number, number] => {
      const angle = (i / 18) * 2 * Math.PI
      return [u + ru * Math.cos(angle), v + rv * Math.sin(angle)]
    }),
    accent,
  })
  const half = (high - low) / 2
  switch (motif) {
    case 'sun':
      return [disc(0.5, at(0.5), 0.26, half * 0.7, true), disc(0.5, at(0.5), 0.17, half * 0.46, false)]
    case 'rings':
      return [1, 0.75, 0.5, 0.25].map((size, i) =>
        disc(0.5, at(0.5), 0.3 * size, half * 0.8 * size, i % 2 === 0),
      )
    case 'leaf':
      return [0.3, 0.5, 0.7].map((u) => ({
        corners: Array.from({ length: 14 }, (_, i): [number, number] => {
          const angle = (i / 14) * 2 * Math.PI
          return [u + 0.1 * Math.sin(angle) * Math.cos(angle / 2), at(0.5 + 0.42 * Math.cos(angle))]
        }),
        accent: true,
      }))
    case 'hills':
      return [0.8, 0.55, 0.35].map((top, i) => ({
        corners: [
          [0, at(0)],
          ...Array.from({ length: 13 }, (_, k): [number, number] => [
            k / 12,
            at(top * (0.6 + 0.4 * Math.sin(k * 0.9 + i * 2))),
          ]),
          [1, at(0)],
        ],
        accent: i % 2 === 0,
      }))
    case 'waves':
      return [0.2, 0.5, 0.8].map((middle) => {
        const wave = (offset: number) =>
          Array.from({ length: 15 }, (_, k): [number, number] => [
            k / 14,
            at(middle + 0.09 * Math.sin(k * 0.9) + offset),
          ])
        return { corners: [...wave(-0.06), ...wave(0.06).reverse()], accent: true }
      })
    case 'stripes':
      return [0.1, 0.35, 0.6, 0.85].map((u) => ({
        corners: [
          [u - 0.06, at(0)],
          [u + 0.06, at(0)],
          [u + 0.06, at(1)],
          [u - 0.06, at(1)],
        ],
        accent: true,
      }))
  }
}
