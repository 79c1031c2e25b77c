import type { Migration } from '../migrate'

export const annotations: Migration = {
  version: 4,
  name: 'annotations',
  sql: `
-- kinds of jobs are checked where they are made; the table knew two of them only
CREATE TABLE jobs_of_any_kind (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  request TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  total INTEGER, done INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  fault TEXT,
  runner_pid INTEGER, heartbeat_at TEXT,
  created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT
) STRICT;
INSERT INTO jobs_of_any_kind SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_of_any_kind RENAME TO jobs;
CREATE INDEX jobs_by_fingerprint ON jobs (fingerprint, id);

CREATE TABLE label_schemas (
  id TEXT NOT NULL, version INTEGER NOT NULL,
  -- LabelSchema as JSON
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- what holds now; how it came to be is in annotation_actions
CREATE TABLE annotations (
  id TEXT PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  series_id INTEGER REFERENCES series ON DELETE CASCADE,
  image_id INTEGER REFERENCES images ON DELETE CASCADE,
  object_id TEXT NOT NULL,
  reader TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  -- of the model's finding it began as; the finding itself may be gone
  finding_id INTEGER, model_id TEXT, model_version TEXT, score REAL,
  revision INTEGER NOT NULL,
  -- Annotation as JSON
  body TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX annotations_by_study ON annotations (study_id);
CREATE INDEX annotations_by_series ON annotations (series_id);
CREATE INDEX annotations_by_image ON annotations (image_id);
CREATE INDEX annotations_by_label ON annotations (label);
CREATE INDEX annotations_by_finding ON annotations (finding_id) WHERE finding_id IS NOT NULL;

-- every action of every reader in order: undo, redo and the history of an annotation
CREATE TABLE annotation_actions (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  reader TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- AnnotationChange[] as JSON
  changes TEXT NOT NULL,
  -- 'undone' can be redone until the reader does something else, which makes it 'discarded'
  standing TEXT NOT NULL DEFAULT 'done' CHECK (standing IN ('done', 'undone', 'discarded')),
  acted_at TEXT NOT NULL
) STRICT;
CREATE INDEX annotation_actions_by_study ON annotation_actions (study_id, reader, sequence);
`,
}
