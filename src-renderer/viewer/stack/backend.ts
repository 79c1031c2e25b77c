export type Backend = 'webgl' | 'canvas'

/**
 * Draws by WebGL where a graphics adapter does the work, else by Canvas 2D. Browsers without an adapter run
 * WebGL on the CPU, where a slice takes several times as long as filling a canvas from a lookup table;
 * `failIfMajorPerformanceCaveat` tells the two apart without starting the slow one.
 */
export function chooseBackend(): Backend {
  const context = document
    .createElement('canvas')
    .getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context ? 'webgl' : 'canvas'
}
