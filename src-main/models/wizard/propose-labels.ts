import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { slugOf } from '#shared/domain/slug'
import type { OnnxModel } from '../onnx/types'

type Label = ModelManifest['labels'][number]

/** The golden angle, so that neighbours differ in hue. */
const ANGLE = 137.508

/** So many labels: by the names the exporter noted (`names`, as Ultralytics does), else numbered ones. */
export function proposeLabels({ metadata }: OnnxModel, count: number): { labels: Label[]; named: boolean } {
  const noted = notedNames(metadata.get('names') ?? '')
  const named = noted.length === count
  const ids = new Set<string>()
  const labels = Array.from({ length: count }, (_, at) => {
    const name = named ? (noted[at] ?? '') : `label ${at + 1}`
    const plain = slugOf(name) || `label-${at + 1}`
    const id = ids.has(plain) ? `${plain}-${at + 1}` : plain
    ids.add(id)
    const zh = named ? name : `标签 ${at + 1}`
    return { id, index: at + 1, name: { en: name, zh }, colour: colourOf(at) }
  })
  return { labels, named }
}

/** Values of a dictionary as Python prints it: {0: 'person', 1: "driver's seat"}. */
function notedNames(text: string): string[] {
  return [...text.matchAll(/\d+:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
    ([, single, double]) => single ?? double ?? '',
  )
}

function colourOf(at: number): string {
  const hue = (at * ANGLE + 20) % 360
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12
    const value = 0.6 - 0.35 * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
