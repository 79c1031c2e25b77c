import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'

/** A model card that claims no more than the manifest says. */
export function cardOf(manifest: ModelManifest): string {
  const { name, summary, licence, attribution, trainingData, intendedUse, limits, operatingPoint } = manifest
  const parts = [
    ['Intended use', intendedUse.en],
    ['Training data', trainingData],
    ['Operating point', `Threshold ${operatingPoint.threshold}: ${operatingPoint.chosen}.`],
    ['Limits', limits.en.map((limit) => `- ${limit}`).join('\n')],
    ['Licence', [licence, attribution].filter(Boolean).join('\n\n')],
  ]
  const sections = parts.map(([title, text]) => `## ${title}\n\n${text || 'Not stated.'}\n`)
  const figures = '## Figures\n\nNo figures were measured with this package.\n'
  return [`# ${name.en}\n\n${modelName(manifest)}\n`, summary.en && `${summary.en}\n`, ...sections, figures]
    .filter(Boolean)
    .join('\n')
}
