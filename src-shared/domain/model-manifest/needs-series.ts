import type { ModelManifest } from './index'

/** Whether a network's answer to one slice depends on others of the series. */
export function needsSeries({ input }: Pick<ModelManifest, 'input'>): boolean {
  return (
    input.channels.kind === 'neighbours' || ('scope' in input.intensity && input.intensity.scope === 'series')
  )
}
