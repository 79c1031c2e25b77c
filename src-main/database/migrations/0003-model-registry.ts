import type { Migration } from '../migrate'

export const modelRegistry: Migration = {
  version: 3,
  name: 'model-registry',
  sql: `
-- what was in use of a model, the last row of each id now; a roll-back takes that row away
CREATE TABLE activations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL,
  -- null: no version of it
  version TEXT,
  -- what a person chose goes before what came with the app
  chosen_by TEXT NOT NULL CHECK (chosen_by IN ('app', 'person')),
  activated_at TEXT NOT NULL
) STRICT;
CREATE INDEX activations_by_model ON activations (model_id, id);
INSERT INTO activations (model_id, version, chosen_by, activated_at)
  SELECT id, version, 'app', installed_at FROM models WHERE active = 1 ORDER BY id;
INSERT INTO activations (model_id, version, chosen_by, activated_at)
  SELECT DISTINCT id, NULL, 'person', installed_at FROM models AS some
  WHERE NOT EXISTS (SELECT 1 FROM models WHERE models.id = some.id AND models.active = 1);

ALTER TABLE models DROP COLUMN active;
-- the weights a person prefers; null: the manifest's first
ALTER TABLE models ADD COLUMN precision TEXT;
-- the package is gone, but runs of it are still to be read
ALTER TABLE models ADD COLUMN removed_at TEXT;

-- self-tests of each file of a network; those of before are simply made again
DROP TABLE trials;
CREATE TABLE trials (
  model_id TEXT NOT NULL, model_version TEXT NOT NULL,
  provider TEXT NOT NULL, precision TEXT NOT NULL,
  machine TEXT NOT NULL, model_sha256 TEXT NOT NULL,
  passed INTEGER NOT NULL, milliseconds REAL, max_difference REAL, fault TEXT,
  tested_at TEXT NOT NULL,
  PRIMARY KEY (model_id, model_version, provider, precision),
  FOREIGN KEY (model_id, model_version) REFERENCES models ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`,
}
