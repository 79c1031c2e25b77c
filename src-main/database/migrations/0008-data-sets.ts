import type { Migration } from '../migrate'

export const dataSets: Migration = {
  version: 8,
  name: 'data-sets',
  sql: `
CREATE TABLE data_sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- DataSetQuestion as JSON
  question TEXT NOT NULL,
  -- of the labels it works with; null: the labels that its annotations have
  schema_id TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;

-- pictures that the question finds and a person does not want
CREATE TABLE data_set_exclusions (
  data_set_id INTEGER NOT NULL REFERENCES data_sets ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
  reason TEXT NOT NULL,
  excluded_at TEXT NOT NULL,
  PRIMARY KEY (data_set_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX data_set_exclusions_by_image ON data_set_exclusions (image_id);

CREATE TABLE data_set_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  data_set_id INTEGER NOT NULL REFERENCES data_sets ON DELETE CASCADE,
  number INTEGER NOT NULL,
  -- SHA-256 over every image and annotation, see src-main/datasets/versions/version-hash.ts
  hash TEXT NOT NULL,
  question TEXT NOT NULL,
  -- SchemaLabel[] as JSON
  labels TEXT NOT NULL,
  image_count INTEGER NOT NULL, annotation_count INTEGER NOT NULL,
  note TEXT NOT NULL,
  frozen_at TEXT NOT NULL,
  UNIQUE (data_set_id, number)
) STRICT;

-- what a version holds, for good: the library's own rows may change or go
CREATE TABLE data_set_images (
  version_id INTEGER NOT NULL REFERENCES data_set_versions ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  image_id INTEGER NOT NULL,
  -- the library's key of the file, and the frame within it
  identity TEXT NOT NULL, frame INTEGER NOT NULL,
  sha256 TEXT,
  path TEXT NOT NULL,
  subject TEXT NOT NULL, study TEXT NOT NULL,
  -- Annotation[] as JSON
  annotations TEXT NOT NULL,
  PRIMARY KEY (version_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX data_set_images_by_image ON data_set_images (version_id, image_id);

CREATE TABLE data_set_splits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version_id INTEGER NOT NULL REFERENCES data_set_versions ON DELETE CASCADE,
  -- SplitRecipe as JSON
  recipe TEXT NOT NULL,
  -- LeakReport as JSON
  leaks TEXT NOT NULL,
  -- when a person took its leaks upon themselves
  acknowledged_at TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX data_set_splits_by_version ON data_set_splits (version_id, id);

CREATE TABLE data_set_parts (
  split_id INTEGER NOT NULL REFERENCES data_set_splits ON DELETE CASCADE,
  image_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (split_id, image_id)
) STRICT, WITHOUT ROWID;

-- figures of the pixels; a changed file gets new images, and so new figures
CREATE TABLE image_traits (
  image_id INTEGER PRIMARY KEY REFERENCES images ON DELETE CASCADE,
  -- SHA-256 of the decoded samples
  pixels TEXT NOT NULL,
  -- 256 bits: whether each of 16 x 16 cells is darker than its right neighbour
  likeness BLOB NOT NULL,
  -- of the picture as it is shown, from 0 to 255
  brightness REAL NOT NULL, contrast REAL NOT NULL,
  -- variance of the Laplacian
  sharpness REAL NOT NULL,
  -- shares of pixels at the ends of the grey scale
  dark REAL NOT NULL, bright REAL NOT NULL
) STRICT;

CREATE TABLE data_set_findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  data_set_id INTEGER NOT NULL REFERENCES data_sets ON DELETE CASCADE,
  kind TEXT NOT NULL,
  image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
  other_image_id INTEGER,
  annotation_id TEXT,
  -- the figure that it rests on; what it means depends on the kind
  value REAL,
  detail TEXT NOT NULL DEFAULT '',
  standing TEXT NOT NULL DEFAULT 'open' CHECK (standing IN ('open', 'dismissed')),
  found_at TEXT NOT NULL
) STRICT;
CREATE INDEX data_set_findings_by_kind ON data_set_findings (data_set_id, kind, id);
CREATE INDEX data_set_findings_by_image ON data_set_findings (image_id);
`,
}
