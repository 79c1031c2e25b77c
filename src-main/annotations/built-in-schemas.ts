import type { LabelSchema, SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { ModelLabel } from '#shared/domain/model-manifest/index'
import type { ModelLabels } from './model-labels'

const label = (
  key: string,
  name: { en: string; zh: string },
  colour: string,
  more: Partial<SchemaLabel> = {},
): SchemaLabel => ({ key, name, colour, hotKey: null, code: null, tools: [], attributes: [], ...more })

const ofModel = ({ id, name, colour, code }: ModelLabel): SchemaLabel =>
  label(id, name, colour.toLowerCase(), { code: code ?? null })

const certainty: SchemaLabel['attributes'] = [
  {
    type: 'select',
    key: 'certainty',
    name: { en: 'Certainty', zh: '把握程度' },
    several: false,
    options: [
      { key: 'certain', name: { en: 'Certain', zh: '确定' } },
      { key: 'likely', name: { en: 'Likely', zh: '很可能' } },
      { key: 'unsure', name: { en: 'Unsure', zh: '不确定' } },
    ],
  },
]

const lesions: readonly SchemaLabel[] = [
  label('lesion', { en: 'Lesion', zh: '病灶' }, '#ff9e7a', {
    code: { scheme: 'SCT', value: '52988006', meaning: 'Lesion' },
  }),
  label('cyst', { en: 'Cyst', zh: '囊肿' }, '#5cc8e8', {
    code: { scheme: 'SCT', value: '367643001', meaning: 'Cyst' },
  }),
  label('measurement', { en: 'Measurement', zh: '测量' }, '#e8d25c', {
    tools: ['line', 'angle', 'ellipse', 'point'],
  }),
  label('artefact', { en: 'Artefact', zh: '伪影' }, '#9aa6b5'),
  label('to-discuss', { en: 'To discuss', zh: '待讨论' }, '#c48cff', { tools: ['tag', 'point'] }),
]

const shelf: readonly SchemaLabel[] = [
  label('product', { en: 'Product', zh: '商品' }, '#4cc2ff'),
  label('gap', { en: 'Gap on the shelf', zh: '货架空位' }, '#f0564a', { tools: ['box', 'polygon'] }),
  label('price-tag', { en: 'Price tag', zh: '价签' }, '#e8d25c', { tools: ['box', 'polygon'] }),
  label('unusable', { en: 'Unusable picture', zh: '无法使用的照片' }, '#9aa6b5', { tools: ['tag'] }),
]

/** Two schemas to begin with: lesions, and products from the catalogue of the models. */
export function builtInSchemas({ medical, retail }: ModelLabels): LabelSchema[] {
  return [
    {
      format: 'lepton-label-schema',
      formatVersion: 1,
      id: 'lesions',
      version: 1,
      name: { en: 'Lesions', zh: '病灶' },
      labels: withHotKeys([
        ...lesions,
        ...medical.map((one) => ({ ...ofModel(one), attributes: certainty })),
      ]),
    },
    {
      format: 'lepton-label-schema',
      formatVersion: 1,
      id: 'products',
      version: 1,
      name: { en: 'Products', zh: '商品' },
      labels: withHotKeys([...shelf, ...retail.map(ofModel)]),
    },
  ]
}

/** Of labels that share a key the first, in its place; the first nine are reached by the digits. */
function withHotKeys(labels: readonly SchemaLabel[]): SchemaLabel[] {
  const unique = labels.filter(({ key }, at) => labels.findIndex((one) => one.key === key) === at)
  return unique.map((one, at) => ({ ...one, hotKey: at < 9 ? String(at + 1) : null }))
}
