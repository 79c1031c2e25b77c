import type { Migration } from '../migrate'

export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  sql: `
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('patient', 'store')),
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  name TEXT, sex TEXT, birth_date TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subjects ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('examination', 'audit')),
  key TEXT NOT NULL UNIQUE,
  uid TEXT, date TEXT, time TEXT,
  description TEXT NOT NULL DEFAULT '',
  accession TEXT,
  phantom INTEGER NOT NULL DEFAULT 0,
  -- kept up to date by the library and the scoring service, so that lists need no joins
  modalities TEXT NOT NULL DEFAULT '[]',
  series_count INTEGER NOT NULL DEFAULT 0,
  image_count INTEGER NOT NULL DEFAULT 0,
  cover_image_id INTEGER,
  scored INTEGER NOT NULL DEFAULT 0,
  lesion_count INTEGER NOT NULL DEFAULT 0,
  top_label TEXT, top_score REAL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX studies_by_subject ON studies (subject_id);
CREATE INDEX studies_by_creation ON studies (created_at, id);
CREATE INDEX studies_by_score ON studies (top_score, id);
CREATE INDEX studies_by_outcome ON studies (scored, lesion_count);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  key TEXT NOT NULL UNIQUE,
  uid TEXT, number INTEGER,
  description TEXT NOT NULL DEFAULT '',
  modality TEXT, body_part TEXT, manufacturer TEXT, device TEXT,
  stack_order TEXT NOT NULL DEFAULT 'instance' CHECK (stack_order IN ('position', 'instance', 'name')),
  image_count INTEGER NOT NULL DEFAULT 0,
  cover_image_id INTEGER,
  scored INTEGER NOT NULL DEFAULT 0,
  lesion_count INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX series_by_study ON series (study_id);

-- which studies hold a modality, for the filter of the library; photographs count as PHOTO
CREATE TABLE study_modalities (
  modality TEXT NOT NULL,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  PRIMARY KEY (modality, study_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX study_modalities_by_study ON study_modalities (study_id);

-- one file, or one member of an archive that the library unpacked
CREATE TABLE instances (
  id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  -- SOP Instance UID, or sha256:<hash> where a format has none
  key TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  -- the path as the person knows it: <archive>!/<member> for files from an archive
  shown_path TEXT NOT NULL,
  owned INTEGER NOT NULL DEFAULT 0,
  size_bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  sha256 TEXT,
  format TEXT NOT NULL,
  number INTEGER,
  rows INTEGER NOT NULL, columns INTEGER NOT NULL, frames INTEGER NOT NULL,
  photometric TEXT NOT NULL, samples INTEGER NOT NULL,
  header TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX instances_by_series ON instances (series_id);
CREATE INDEX instances_by_path ON instances (path);

-- one frame of an instance: the unit of display, scoring and annotation
CREATE TABLE images (
  id INTEGER PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances ON DELETE CASCADE,
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  geometry TEXT,
  UNIQUE (instance_id, frame)
) STRICT;
CREATE INDEX images_by_series ON images (series_id, ordinal);

CREATE VIRTUAL TABLE study_search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

CREATE TABLE thumbnails (
  image_id INTEGER PRIMARY KEY REFERENCES images ON DELETE CASCADE,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE models (
  id TEXT NOT NULL, version TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 0,
  bundled INTEGER NOT NULL DEFAULT 0,
  folder TEXT NOT NULL,
  manifest TEXT NOT NULL,
  installed_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- golden self-tests on this computer; machine names CPU, GPU and ONNX Runtime, so a change asks for a new trial
CREATE TABLE trials (
  model_id TEXT NOT NULL, model_version TEXT NOT NULL,
  provider TEXT NOT NULL, machine TEXT NOT NULL, model_sha256 TEXT NOT NULL,
  passed INTEGER NOT NULL, milliseconds REAL, max_difference REAL, fault TEXT,
  tested_at TEXT NOT NULL,
  PRIMARY KEY (model_id, model_version, provider),
  FOREIGN KEY (model_id, model_version) REFERENCES models ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'score')),
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  request TEXT NOT NULL,
  -- equal for the same question asked again, so that --resume finds it
  fingerprint TEXT NOT NULL,
  total INTEGER, done INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  fault TEXT,
  -- the process that runs it; a process that is gone leaves an interrupted job
  runner_pid INTEGER, heartbeat_at TEXT,
  created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT
) STRICT;
CREATE INDEX jobs_by_fingerprint ON jobs (fingerprint, id);

CREATE TABLE job_items (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  path TEXT NOT NULL,
  -- the input (file, folder, archive) of the command that brought the path in; masks are written relative to it
  root TEXT NOT NULL DEFAULT '',
  frame INTEGER,
  image_id INTEGER REFERENCES images ON DELETE SET NULL,
  series_id INTEGER REFERENCES series ON DELETE SET NULL,
  run_id INTEGER REFERENCES runs ON DELETE SET NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'skipped', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  kind TEXT,
  fault TEXT
) STRICT;
CREATE INDEX job_items_by_state ON job_items (job_id, state, ordinal);
CREATE UNIQUE INDEX job_items_by_order ON job_items (job_id, ordinal);

-- one model on one provider at one threshold, within a job
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
  model_id TEXT NOT NULL, model_version TEXT NOT NULL, model_sha256 TEXT NOT NULL,
  provider TEXT NOT NULL, threshold REAL NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_job ON runs (job_id);

CREATE TABLE predictions (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
  milliseconds REAL NOT NULL,
  -- MapInfo as JSON and the raw-deflated quantised probabilities; null where nothing rose above a trace
  map_info TEXT, map BLOB,
  created_at TEXT NOT NULL,
  UNIQUE (run_id, image_id)
) STRICT;
CREATE INDEX predictions_by_image ON predictions (image_id);

CREATE TABLE lesions (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  label TEXT NOT NULL,
  volume_mm3 REAL, longest_axial_diameter_mm REAL,
  first_slice INTEGER NOT NULL, last_slice INTEGER NOT NULL, key_slice INTEGER NOT NULL,
  mean_probability REAL NOT NULL, max_probability REAL NOT NULL
) STRICT;
CREATE INDEX lesions_by_series ON lesions (series_id, run_id);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  prediction_id INTEGER NOT NULL REFERENCES predictions ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
  lesion_id INTEGER REFERENCES lesions ON DELETE SET NULL,
  label TEXT NOT NULL,
  score REAL NOT NULL,
  -- mean probability over the region; equals score where there is no region
  mean_probability REAL NOT NULL,
  x REAL, y REAL, width REAL, height REAL,
  area_px REAL, area_mm2 REAL,
  -- runs of the mask as JSON, at the rows and columns of the stored image
  mask TEXT
) STRICT;
CREATE INDEX findings_by_prediction ON findings (prediction_id);
CREATE INDEX findings_by_image ON findings (image_id);
CREATE INDEX findings_by_lesion ON findings (lesion_id);

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
}
