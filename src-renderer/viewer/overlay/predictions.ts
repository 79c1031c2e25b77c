import type { ImagePrediction, SeriesFindings } from '#shared/contract/review'
import type { Box } from '#shared/domain/finding'
import type { Drawn } from '../stack/stack-view'
import type { Viewer } from '../state/viewer'
import type { NamedBox } from './draw-boxes'
import { drawOverlay } from './draw-overlay'
import { type Outline, Outlines } from './outlines'

/** How labels are called and coloured. */
export interface Labels {
  nameOf: (label: string) => string
  colourOf: (label: string) => string
}

const same = (left: Box | null, right: Box) => left?.every((value, at) => value === right[at]) ?? false

/** Regions beyond this many in one picture are not named: their boxes would hide it. */
const mostNames = 12

/** What one run says of the images of a stack, ready to be drawn over them. */
export class Predictions {
  private readonly outlines: Outlines
  private readonly byImage: ReadonlyMap<number, ImagePrediction>
  private closed = false
  /** As they were when outlines were last reckoned. */
  private settled: ReadonlySet<number> = new Set()

  /** `changed` asks for another drawing, when a map has come in. */
  constructor(
    private readonly viewer: Viewer,
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
        found
          .get(id)
          ?.some(
            (finding) => finding.label === label && same(finding.box, box) && !this.settled.has(finding.id),
          ) ?? false,
      run.regionThreshold,
    )
  }

  /** Draws over a picture that was just drawn. */
  draw(canvas: HTMLCanvasElement, { image, viewport, affine }: Drawn): void {
    const state = this.viewer.getState()
    if (state.settled !== this.settled) {
      this.settled = state.settled
      this.outlines.forget()
    }
    const { predictions: visible, fill, contour, opacity, heat, heatOpacity } = state
    const prediction = visible ? this.byImage.get(image.id) : undefined
    const outlines = prediction ? this.outlinesOf(prediction) : []
    drawOverlay(canvas, {
      viewport,
      affine,
      opacity,
      fill,
      contour,
      outlines,
      boxes: prediction && state.box ? this.boxesOf(prediction, outlines) : [],
      heat: visible && heat?.imageId === image.id ? heat : null,
      heatOpacity,
      colourOf: this.labels.colourOf,
    })
  }

  private outlinesOf({ hasMap, predictionId }: ImagePrediction): Outline[] {
    const { hidden, threshold } = this.viewer.getState()
    const mapped = hasMap ? this.outlines.at(predictionId, this.thresholdOf(threshold)) : null
    return (mapped ?? []).filter(({ label }) => !hidden.has(label))
  }

  /** Boxes round the regions that are drawn, the largest first; or those that were found, the surest first. */
  private boxesOf(prediction: ImagePrediction, outlines: readonly Outline[]): NamedBox[] {
    const { focus, threshold } = this.viewer.getState()
    if (prediction.hasMap) {
      return outlines
        .flatMap(({ label, regions }) => regions.map((region) => ({ label, ...region })))
        .sort(bySize)
        .slice(0, mostNames)
        .map((region) => this.named(region, true, focus))
    }
    const open = { ...prediction, findings: prediction.findings.filter(({ id }) => !this.settled.has(id)) }
    return shownBoxes(open, this.thresholdOf(threshold), this.viewer.getState().hidden)
      .sort(
        (left, right) =>
          Number(right.label === focus) - Number(left.label === focus) || right.score - left.score,
      )
      .map((found) => this.named(found, false, focus))
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
      if (!this.closed) this.outlines.at(predictionId, this.thresholdOf(this.viewer.getState().threshold))
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
    return chosen ?? this.findings.run.regionThreshold
  }

  private named({ label, box, score }: FoundBox, around: boolean, focus: string | null): NamedBox {
    const text = `${this.labels.nameOf(label)} · ${score.toFixed(2)}`
    return { box, label, text, around, faint: focus !== null && focus !== label }
  }
}

interface FoundBox {
  label: string
  box: Box
  score: number
}

/** The boxes of a picture that reach a threshold, without labels that are hidden. */
export function shownBoxes(
  { findings }: ImagePrediction,
  threshold: number,
  hidden: ReadonlySet<string>,
): FoundBox[] {
  return findings.flatMap(({ label, box, score }) =>
    box && score >= threshold && !hidden.has(label) ? [{ label, box, score }] : [],
  )
}

/** How many things boxes show: one with several labels, its own and that of any object, is counted once. */
export function placesOf(boxes: readonly FoundBox[]): number {
  return new Set(boxes.map(({ box }) => box.join(' '))).size
}

/** From which score on boxes were kept, in whole hundredths; no higher than the run's operating point. */
export function lowestBox({ run, predictions }: SeriesFindings): number {
  let lowest = run.regionThreshold
  for (const { findings } of predictions) {
    for (const { box, score } of findings) if (box && score < lowest) lowest = Math.floor(score * 100) / 100
  }
  return lowest
}

const bySize = (left: { box: Box }, right: { box: Box }) =>
  right.box[2] * right.box[3] - left.box[2] * left.box[3]

const idle = () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 500 }))
