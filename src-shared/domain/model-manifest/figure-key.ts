/** A figure's name as the texts list it: `falseLesions`, `false_lesions` and `false-lesions` are the same. */
export const figureKey = (name: string): string =>
  name
    .replace(/^mAP/, 'map')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[\s_@.]+/g, '-')
    .toLowerCase()

/** A key without the ending that says it was measured with flip test-time augmentation: `dice-flips`. */
export const withoutFlips = (key: string): { key: string; flips: boolean } =>
  key.endsWith('-flips') ? { key: key.slice(0, -'-flips'.length), flips: true } : { key, flips: false }
