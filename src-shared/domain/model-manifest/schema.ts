import { z } from 'zod'
import { packageManifest } from './index'

/** JSON Schema (draft 2020-12) of a manifest as its author writes it: what has a default may be left out. */
export function manifestSchema(): object {
  return {
    title: 'Lepton Studio model package, format version 1',
    ...z.toJSONSchema(packageManifest, { io: 'input' }),
  }
}
