import type { Bilingual } from '#shared/domain/model-manifest/index'
import type { JudgedBy } from '#shared/domain/model-manifest/taught'

/** What the figures were made on, for the card and each metric. */
export const setText: Record<JudgedBy, string> = {
  subject:
    'left-out predictions: every picture judged by means made without all pictures of its patient or store',
  study:
    'left-out predictions: every picture judged by means made without all pictures of its study; pictures of one patient or store on both sides flatter',
  picture:
    'left-out predictions: every picture judged by means made without itself; pictures of one shelf, visit or patient on both sides flatter',
}

/** What may flatter the figures. */
export const judgedLimit: Record<JudgedBy, Bilingual> = {
  subject: {
    en: 'Judged on pictures of patients or stores that were left out, all from this data set; pictures from elsewhere were not tried.',
    zh: '指标来自被留出的患者或门店的图片，均属于该数据集；未在其他来源的图片上检验。',
  },
  study: {
    en: 'Judged on pictures of studies that were left out; pictures of one patient or store may be on both sides, which flatters the figures.',
    zh: '指标来自被留出的检查；同一患者或门店的图片可能同时出现在两侧，指标会偏高。',
  },
  picture: {
    en: 'Judged on pictures that were left out one by one; pictures of one shelf, visit or patient on both sides flatter the figures.',
    zh: '指标来自逐张留出的图片；同一货架、同一次拍摄或同一患者的图片同时出现在两侧，指标会偏高。',
  },
}
