import type { Migration } from '../migrate'

export const nearDuplicates: Migration = {
  version: 11,
  name: 'near-duplicates',
  sql: `
-- of pictures that their vectors show to be nearly the same; likeness by hash stays in 'value'
ALTER TABLE data_set_findings ADD COLUMN cosine REAL;
-- Comparison as JSON: how the last check looked for near duplicates; null before the first
ALTER TABLE data_sets ADD COLUMN compared TEXT;
`,
}
