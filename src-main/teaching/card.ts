import { modelName } from '#shared/domain/model-manifest/index'
import type { Made } from './describe'
import type { Estimate } from './intervals'
import { judgedLimit, setText } from './set-text'

const kinds = { subject: 'patients or stores', study: 'studies', picture: 'pictures' } as const

/** The model card of a taught classifier, Markdown. */
export function cardOf({ id, version, name, base, lesson, grouping, judgement, modalities }: Made): string {
  const label = (at: number) => cell(lesson.labels[at]?.name.en ?? '')
  const rows = judgement.labels.map(({ recall, pictures }, at) => [
    label(at),
    String(pictures),
    figure(recall),
  ])
  const mistakes = judgement.confusions.map(({ truth, called, pictures }) => [
    label(truth),
    label(called),
    String(pictures),
  ])
  const thresholds = judgement.thresholds.map(({ threshold, coverage, precision, unsureWhenWrong }) => [
    threshold.toFixed(2),
    figure(coverage),
    figure(precision),
    figure(unsureWhenWrong),
  ])
  const bins = judgement.reliability.bins.map(({ confidence, accuracy, count }) => [
    figure(confidence),
    figure(accuracy),
    String(count),
  ])
  return `# ${name} (\`${id}\` ${version})

Taught in Lepton Studio from ${lesson.examples.length} pictures of ${lesson.name}, on top of ${modelName(base)}.

## In brief

${table(
  ['figure', 'value (95 % interval)'],
  [
    ['accuracy', estimate(judgement.accuracy)],
    ['mean recall of the labels', estimate(judgement.meanRecall)],
    ['expected calibration error', figure(judgement.reliability.ece)],
  ],
)}

${sentence(setText[grouping.judgedBy])} ${judgedLimit[grouping.judgedBy].en}
Pictures that ${modelName(base)} was itself trained on flatter the figures as well.
Intervals: 1000 bootstrap draws of ${grouping.groups} ${kinds[grouping.judgedBy]}; where all are right, the rule of three over them.

## Labels

${table(['label', 'pictures', 'recall'], rows)}

${mistakes.length > 0 ? table(['shows', 'called', 'pictures'], mistakes) : 'No picture was called by a wrong name.'}

## Threshold

${judgement.operatingPoint.threshold}: ${judgement.operatingPoint.chosen}.

${table(['threshold', 'coverage', 'precision', 'unsureWhenWrong'], thresholds)}

*coverage*: share of pictures that are named; *precision*: share of these that are right; *unsureWhenWrong*: share of
all mistakes that are held back.

## Calibration

${table(['confidence', 'right', 'pictures'], bins)}

The factor between similarity and probability is the one of the least cross-entropy of the same left-out predictions,
so that the calibration is better here than on other pictures. Of n pictures the truth counts as (n + 1) / (n + 2), so
that a few which are all right are not taken for certainty.

## Data

Version ${lesson.name}, SHA-256 \`${lesson.hash}\`; kinds of pictures: ${modalities.join(', ')}.
Only pictures with exactly one label of the whole picture are examples, each file once.

Left out: ${leftOut(lesson)}.

## Method

The network of ${modelName(base)} gives a vector of length 1 for a picture. The head is the mean of each label's vectors,
brought to length 1; the logit of a label is the dot product with its mean times one factor for all labels. The figures
are of heads without the pictures that they were asked about; the head of this package is made of all pictures.

## Limits

- A picture of none of these things gets one of their names all the same, often with low confidence.
- The limits of ${modelName(base)} hold as well:
${base.limits.en.map((limit) => `  - ${limit}`).join('\n')}

## Licence

${base.licence}

${base.attribution}
`
}

function leftOut({ leftOut: reasons, rare }: Made['lesson']): string {
  const words = {
    'no-label': 'without a label of the whole picture',
    'several-labels': 'with several labels',
    copy: 'further copies of a file',
    gone: 'no longer in the library',
    'rare-label': `of labels with too few pictures (${rare.map(({ label }) => cell(label.name.en)).join(', ')})`,
  }
  return [...reasons].map(([reason, pictures]) => `${pictures} ${words[reason]}`).join('; ') || 'nothing'
}

const figure = (value: number | undefined) => (value ?? 0).toFixed(3)
const estimate = ({ value, interval: [low, high] }: Estimate) =>
  `${figure(value)} (${figure(low)} to ${figure(high)})`
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
