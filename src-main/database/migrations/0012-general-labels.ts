import type { Migration } from '../migrate'

export const generalLabels: Migration = {
  version: 12,
  name: 'general-labels',
  sql: `
-- the label that a run gives to any object, whatever its own ("product"); null where it has none
ALTER TABLE runs ADD COLUMN general_label TEXT;
UPDATE runs SET general_label = (
  SELECT json_extract(output.value, '$.agnostic.label') FROM models, json_each(models.manifest, '$.outputs') AS output
  WHERE models.id = runs.model_id AND models.version = runs.model_version
    AND json_extract(output.value, '$.agnostic.label') IS NOT NULL LIMIT 1
);
`,
}
