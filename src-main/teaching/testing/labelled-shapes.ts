import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'

const side = 64

/** Writes `<folder>/pictures/*.png`, so many red discs and blue frames, and `<folder>/labels.csv`, which says which is which. */
export function writeLabelledShapes(folder: string, each: number): void {
  mkdirSync(join(folder, 'pictures'))
  const lines = ['image,sha256,label,shape']
  for (const kind of ['disc', 'frame'] as const) {
    for (let i = 0; i < each; i++) {
      writeFileSync(join(folder, 'pictures', `${kind}${i}.png`), drawnShape(kind, i))
      lines.push(`pictures/${kind}${i}.png,,${kind},"{""kind"":""tag""}"`)
    }
  }
  writeFileSync(join(folder, 'labels.csv'), `${lines.join('\n')}\n`)
}

/** A disc or a frame on grey as PNG, each a little elsewhere; no two are the same. */
export function drawnShape(kind: 'disc' | 'frame', seed: number): Uint8Array {
  const data = new Uint8Array(3 * side * side).fill(120)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [Math.abs((at % side) - 30 - seed), Math.abs(Math.floor(at / side) - 32)]
    if (kind === 'disc' ? Math.hypot(x, y) < 20 : Math.max(x, y) < 24 && Math.max(x, y) > 16) {
      data.set(kind === 'disc' ? [220, 40, 30 + seed] : [20, 60 + seed, 210], 3 * at)
    }
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 })
}
