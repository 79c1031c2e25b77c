/**
 * Cohen's kappa of two readers who gave one of several categories to the same things: (observed - expected) /
 * (1 - expected) agreement (Cohen, Educational and Psychological Measurement 20, 1960). Null where nothing was
 * judged; 1 where both gave one and the same category throughout, which leaves no agreement by chance to exceed.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null
  const categories = [...new Set(pairs.flat())]
  const share = (of: (pair: readonly [string, string]) => boolean) => pairs.filter(of).length / pairs.length
  const observed = share(([left, right]) => left === right)
  const expected = categories
    .map((category) => share(([left]) => left === category) * share(([, right]) => right === category))
    .reduce((sum, chance) => sum + chance, 0)
  return expected === 1 ? 1 : (observed - expected) / (1 - expected)
}
