import type { Migration } from '../migrate'
import { foundation } from './0001-foundation'
import { outcomes } from './0002-outcomes'
import { modelRegistry } from './0003-model-registry'
import { annotations } from './0004-annotations'
import { annotationVersions } from './0005-annotation-versions'
import { sources } from './0006-sources'
import { exportedFiles } from './0007-exported-files'
import { dataSets } from './0008-data-sets'
import { reading } from './0009-reading'
import { flipTimes } from './0010-flip-times'
import { nearDuplicates } from './0011-near-duplicates'
import { generalLabels } from './0012-general-labels'

/** In order; a released migration is never edited, a change is a new one. */
export const migrations: readonly Migration[] = [
  foundation,
  outcomes,
  modelRegistry,
  annotations,
  annotationVersions,
  sources,
  exportedFiles,
  dataSets,
  reading,
  flipTimes,
  nearDuplicates,
  generalLabels,
]
