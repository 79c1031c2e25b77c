import type { Migration } from '../migrate'

export const outcomes: Migration = {
  version: 2,
  name: 'outcomes',
  sql: `
-- what lists need to know of the model without its package
ALTER TABLE runs ADD COLUMN task TEXT NOT NULL DEFAULT 'segmentation';
ALTER TABLE runs ADD COLUMN precision TEXT NOT NULL DEFAULT 'float32';
ALTER TABLE runs ADD COLUMN flips INTEGER NOT NULL DEFAULT 0;
-- from where masks and boxes count; null where the threshold is theirs
ALTER TABLE runs ADD COLUMN region_threshold REAL;
-- whether it says where something is, by boxes or masks
ALTER TABLE runs ADD COLUMN places INTEGER NOT NULL DEFAULT 1;
-- the label its operating point is about: the first thing to know of an image
ALTER TABLE runs ADD COLUMN key_label TEXT;

-- Fault as JSON: scored all the same, but not made for it
ALTER TABLE job_items ADD COLUMN warning TEXT;

-- what a model says of a whole image; apart from the predictions, whose maps make rows long
CREATE TABLE classifications (
  prediction_id INTEGER PRIMARY KEY REFERENCES predictions ON DELETE CASCADE,
  -- the first of the labels called; null where none was
  label TEXT,
  likeliest TEXT NOT NULL,
  -- probability of the label called, else of the likeliest
  score REAL NOT NULL,
  -- labels called, as JSON, the most important first
  called TEXT NOT NULL,
  -- ClassResult[] as JSON
  outputs TEXT NOT NULL
) STRICT;

-- vectors for similarity: float32, little endian
CREATE TABLE embeddings (
  prediction_id INTEGER PRIMARY KEY REFERENCES predictions ON DELETE CASCADE,
  dimensions INTEGER NOT NULL,
  vector BLOB NOT NULL
) STRICT;

-- kept, for they take long to make: where the probability of a label comes from
CREATE TABLE explanations (
  prediction_id INTEGER NOT NULL REFERENCES predictions ON DELETE CASCADE,
  label TEXT NOT NULL,
  method TEXT NOT NULL,
  info TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (prediction_id, label)
) STRICT;
`,
}
