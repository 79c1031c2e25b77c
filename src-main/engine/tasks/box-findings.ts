import type { Candidate } from '#shared/decoding/candidate'
import { areaOf } from '#shared/decoding/candidate'
import { boxOf, type Carriage, carriedBack, carriedMask } from '#shared/decoding/carry'
import {
  type DetectingOutput,
  isDetectingOutput,
  suppressionOf,
  suppressTogether,
} from '#shared/decoding/detecting'
import { fuse } from '#shared/decoding/fusion'
import type { EngineFinding } from '../types'
import type { Answer } from '../work/answer'
import type { ScoredImage } from '../work/jobs'
import type { FindingRules } from '../work/session-model'

/** A candidate in pixels of the stored image, which still knows where its outline comes from. */
interface Carried extends Candidate {
  answer: Answer
  /** Cut off by the edge of a tile within the image. */
  cut: boolean
}

/** Boxes of the detecting outputs in pixels of the stored image, best first within each output. */
export function boxFindings(scored: ScoredImage, rules: FindingRules): EngineFinding[] {
  return rules.outputs.filter(isDetectingOutput).flatMap((output, at) =>
    boxesOf(scored, output, at)
      .filter(({ score }) => score >= (output.threshold ?? rules.threshold))
      .map((carried) => findingOf(carried, scored.image)),
  )
}

function boxesOf({ image, answers }: ScoredImage, output: DetectingOutput, at: number): Carried[] {
  const looks = answers[0]?.boxes.length ?? 0
  const lists = Array.from({ length: looks }, (_, look) => {
    const candidates = answers.flatMap((answer) =>
      (answer.boxes[look]?.[at] ?? []).flatMap((candidate) => carried(candidate, answer, image)),
    )
    return answers.length > 1 ? suppressTogether(output, candidates, ({ cut }) => cut) : candidates
  })
  return lists.length > 1 ? fuse(lists, suppressionOf(output).iou) : (lists[0] ?? [])
}

function carried(candidate: Candidate, answer: Answer, image: ScoredImage['image']): Carried[] {
  const box = carriedBack(candidate.box, carriageOf(answer, image))
  return areaOf(box) > 0 ? [{ ...candidate, box, answer, cut: isCut(candidate, answer, image) }] : []
}

/** Whether a box ends at an edge of the view that is not an edge of the image. */
function isCut({ box }: Candidate, { view, padded }: Answer, { content }: ScoredImage['image']): boolean {
  const [down, across] = view.offset
  const near = 1
  return (
    (across < 0 && box[0] <= near) ||
    (down < 0 && box[1] <= near) ||
    (padded[1] - across < content[1] && box[2] >= padded[1] - near) ||
    (padded[0] - down < content[0] && box[3] >= padded[0] - near)
  )
}

function carriageOf({ view }: Answer, { rows, columns, content }: ScoredImage['image']): Carriage {
  return { stored: [rows, columns], content, offset: view.offset }
}

function findingOf(
  { label, score, box, outline, answer }: Carried,
  image: ScoredImage['image'],
): EngineFinding {
  const mask = outline && carriedMask(outline, box, carriageOf(answer, image), answer.padded)
  const pixelMm2 = image.spacing ? image.spacing[0] * image.spacing[1] : null
  return {
    label,
    score,
    meanProbability: score,
    box: boxOf(box),
    areaPx: mask?.area ?? null,
    areaMm2: mask && pixelMm2 !== null ? mask.area * pixelMm2 : null,
    mask: mask?.rle ?? null,
  }
}
