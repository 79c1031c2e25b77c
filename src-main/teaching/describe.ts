import { type DraftManifest, draftManifest } from '#shared/contract/model-wizard'
import { type ModelLabel, type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { slugOf } from '#shared/domain/slug'
import type { Lesson } from './examples'
import type { Grouping } from './groups'
import type { Judgement } from './judge'
import { judgedLimit, setText } from './set-text'

/** A classifier that was made and judged, on its way into a package. */
export interface Made {
  id: string
  version: string
  name: string
  base: ModelManifest
  lesson: Lesson
  grouping: Grouping
  judgement: Judgement
  /** DICOM modalities of the examples; PHOTO for photographs. */
  modalities: readonly string[]
}

/** The manifest of a taught classifier; `output` is where its network gives the logits. */
export function describeTaught(made: Made, output: string): DraftManifest {
  const { id, version, name, base, lesson, grouping, judgement } = made
  const labels = labelsOf(lesson)
  const names = (language: 'en' | 'zh') => labels.map((label) => label.name[language])
  const pictures = lesson.examples.length
  const figure = { level: 0.95, n: pictures, unit: 'pictures', set: setText[grouping.judgedBy] }
  const { accuracy, meanRecall } = judgement
  return draftManifest.parse({
    id,
    version,
    name: { en: name, zh: name },
    summary: {
      en: `Tells ${labels.length} labels apart: ${listed(names('en'), ', ')}. Taught with ${pictures} pictures of ${lesson.name}.`,
      zh: `区分 ${labels.length} 个标签：${listed(names('zh'), '、')}。用 ${lesson.name} 的 ${pictures} 张图片教成。`,
    },
    task: 'classification',
    fits: fitsOf(made.modalities),
    input: base.input,
    outputs: [
      { decode: 'softmax', name: output, labels: labels.map((label) => label.id), activation: 'softmax' },
    ],
    labels,
    operatingPoint: judgement.operatingPoint,
    licence: base.licence,
    attribution: `Rests on ${modelName(base)}. ${base.attribution}`,
    trainingData: `${pictures} pictures of ${labels.length} labels of the data set ${lesson.name} (SHA-256 ${lesson.hash}); the network below the labels is that of ${modelName(base)}, trained on: ${base.trainingData}`,
    intendedUse: {
      en: 'Proposing one of its labels for pictures like those it was taught with. A proposal to be checked by a person; not a medical device, no diagnosis.',
      zh: '为与所教图片相似的图片提出一个标签。建议须由人核对；不是医疗器械，不作诊断。',
    },
    limits: {
      en: [
        'A picture of none of these things gets one of their names all the same, often with low confidence.',
        judgedLimit[grouping.judgedBy].en,
        `Pictures that ${modelName(base)} was itself trained on flatter the figures; its card names them.`,
        'Labels with few pictures are judged loosely: see the intervals and the table on the card.',
        `Sees only what the vector of ${modelName(base)} tells; the limits of that model hold as well.`,
      ],
      zh: [
        '不属于这些标签的图片也会得到其中一个名称，置信度往往较低。',
        judgedLimit[grouping.judgedBy].zh,
        `若图片曾用于训练 ${modelName(base)}，指标会偏高；其模型卡列出了训练数据。`,
        '图片较少的标签评估并不精确：请看置信区间和模型卡中的表格。',
        `只能看到 ${modelName(base)} 的向量所表达的内容；该模型的局限同样适用。`,
      ],
    },
    metrics: [
      { name: 'top-1', ...accuracy, ...figure },
      { name: 'mean-class-accuracy', ...meanRecall, ...figure },
    ],
    reliability: judgement.reliability,
    thresholds: judgement.thresholds,
    taught: {
      dataSet: lesson.name,
      hash: lesson.hash,
      base: modelName(base),
      judgedBy: grouping.judgedBy,
    },
  })
}

const MOST_NAMES = 12

const listed = (names: readonly string[], comma: string) =>
  names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(comma)} …` : names.join(comma)

function fitsOf(modalities: readonly string[]): DraftManifest['fits'] {
  const photographs = modalities.includes('PHOTO')
  const others = modalities.some((one) => one !== 'PHOTO')
  return {
    domain: photographs && others ? 'any' : photographs ? 'retail' : 'medical',
    modalities: [...modalities],
    photometric: [],
    colour: 'any',
    bodyParts: [],
  }
}

/** The version's labels by ids as models have them, each once. */
function labelsOf({ labels }: Lesson): ModelLabel[] {
  const ids = new Set<string>()
  return labels.map(({ key, name, colour, code }, at) => {
    const plain = slugOf(key) || `label-${at + 1}`
    const id = ids.has(plain) ? `${plain}-${at + 1}` : plain
    ids.add(id)
    return { id, index: at + 1, name, colour, ...(code && { code }) }
  })
}
