import type { ImagePrediction, SeriesFindings } from '#shared/contract/review'
import type { Box } from '#shared/domain/finding'
import type { Drawn } from '../stack/stack-view'
import { useViewer } from '../state/viewer-store'
import { drawOverlay, type NamedBox } from './draw-overlay'
import { Outlines } from './outlines'

/** How labels are called and coloured. */
export interface Labels {
  nameOf: (label: string) => string
  colourOf: (label: string) => string
}

const same = (left: Box | null, right: Box) => left?.every((value, at) => value === right[at]) ?? false

/** Names beyond this many in one picture would hide it. */
const mostNames = 12

/** What one run says of the images of a stack, ready to be drawn over them. */
export class Predictions {
  private readonly outlines: Outlines
  private readonly byImage: ReadonlyMap<number, ImagePrediction>
  private closed = false

  /** `changed` asks for another drawing, when a map has come in. */
  constructor(
    private readonly findings: SeriesFindings,
    private readonly labels: Labels,
    changed: () => void,
  ) {
    const { predictions, run } = findings
    this.byImage = new Map(predictions.map((prediction) => [prediction.imageId, prediction]))
    const found = new Map(predictions.map((prediction) => [prediction.predictionId, prediction.findings]))
    this.outlines = new Outlines(
      changed,
      (id, label, box) =>
        found.get(id)?.some((finding) => finding.label === label && same(finding.box, box)) ?? false,
      run.threshold,
    )
  }

  /** Draws over a picture that was just drawn. */
  draw(canvas: HTMLCanvasElement, { image, viewport, affine }: Drawn): void {
    const { predictions: visible, fill, contour, box, opacity, threshold } = useViewer.getState()
    const prediction = visible ? this.byImage.get(image.id) : undefined
    const mapped = prediction?.hasMap
      ? this.outlines.at(prediction.predictionId, this.thresholdOf(threshold))
      : []
    const regions = (mapped ?? []).flatMap(({ label, regions }) =>
      regions.map((region) => ({ label, ...region })),
    )
    const boxes = prediction && !prediction.hasMap ? boxFindings(prediction) : regions
    drawOverlay(canvas, {
      viewport,
      affine,
      opacity,
      fill,
      contour,
      outlines: mapped ?? [],
      boxes: box
        ? boxes
            .sort(bySize)
            .slice(0, mostNames)
            .map((region) => this.named(region))
        : [],
      colourOf: this.labels.colourOf,
    })
  }

  /** Fetches the maps of a stack one after another, the nearest first, while nothing else is to be done. */
  async fetchAll(near: number): Promise<void> {
    const order = [...this.byImage.values()]
      .filter((prediction) => prediction.hasMap)
      .sort((left, right) => Math.abs(left.ordinal - near) - Math.abs(right.ordinal - near))
    for (const { predictionId } of order) {
      if (this.closed) return
      await this.outlines.fetch(predictionId)
      await idle()
      if (!this.closed) this.outlines.at(predictionId, this.thresholdOf(useViewer.getState().threshold))
    }
  }

  close(): void {
    this.closed = true
  }

  /** Whether the mask of an image could not be had. */
  missing(imageId: number): boolean {
    const prediction = this.byImage.get(imageId)
    return prediction !== undefined && this.outlines.failed(prediction.predictionId)
  }

  private thresholdOf(chosen: number | null): number {
    return chosen ?? this.findings.run.threshold
  }

  private named({ label, box, score }: { label: string; box: Box; score: number }): NamedBox {
    return { box, label, text: `${this.labels.nameOf(label)} · ${score.toFixed(2)}` }
  }
}

const boxFindings = ({ findings }: ImagePrediction) =>
  findings.flatMap(({ label, box, score }) => (box ? [{ label, box, score }] : []))

const bySize = (left: { box: Box }, right: { box: Box }) =>
  right.box[2] * right.box[3] - left.box[2] * left.box[3]

const idle = () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 500 }))
