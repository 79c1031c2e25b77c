import type { Migration } from '../migrate'

export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  sql: `
-- ids of the library are never used twice: a page or a cache that still holds an old one must not meet another picture
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('patient', 'store')),
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  name TEXT, sex TEXT, birth_date TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE studies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject_id INTEGER NOT NULL REFERENCES subjects ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('examination', 'audit')),
  key TEXT NOT NULL UNIQUE,
  uid TEXT, date TEXT, time TEXT,
  description TEXT NOT NULL DEFAULT '',
  accession TEXT,
  phantom INTEGER NOT NULL DEFAULT 0,
  -- kept up to date by the library, so that lists need no joins
  subject_label TEXT NOT NULL,
  modalities TEXT NOT NULL DEFAULT '[]',
  series_count INTEGER NOT NULL DEFAULT 0,
  image_count INTEGER NOT NULL DEFAULT 0,
  cover_image_id INTEGER,
  scored INTEGER NOT NULL DEFAULT 0,
  lesion_count INTEGER NOT NULL DEFAULT 0,
  top_label TEXT, top_score REAL,
  outcome TEXT NOT NULL DEFAULT 'unscored' CHECK (outcome IN ('with', 'without', 'unscored')),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX studies_by_subject ON studies (subject_id);
CREATE INDEX studies_by_label ON studies (subject_label COLLATE NOCASE, id);
CREATE INDEX studies_by_score ON studies (top_score, id);
CREATE INDEX studies_by_outcome ON studies (outcome, id, image_count);

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  -- the series as its files name it; parts are the stacks of one geometry it falls into (localizers)
  key TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  uid TEXT, number INTEGER,
  description TEXT NOT NULL DEFAULT '',
  -- size and direction cosines (JSON) shared by all slices; null where pictures of any size are kept together
  rows INTEGER, columns INTEGER, orientation TEXT,
  modality TEXT, body_part TEXT, manufacturer TEXT, device TEXT,
  stack_order TEXT NOT NULL DEFAULT 'instance' CHECK (stack_order IN ('position', 'instance', 'name')),
  -- 0 while images were added whose ordinals are provisional
  settled INTEGER NOT NULL DEFAULT 0,
  image_count INTEGER NOT NULL DEFAULT 0,
  cover_image_id INTEGER,
  scored INTEGER NOT NULL DEFAULT 0,
  lesion_count INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  UNIQUE (key, part)
) STRICT;
CREATE INDEX series_by_study ON series (study_id);
CREATE INDEX series_unsettled ON series (id) WHERE settled = 0;

-- which studies hold a modality, for the filter of the library; photographs count as PHOTO
CREATE TABLE study_modalities (
  modality TEXT NOT NULL,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  PRIMARY KEY (modality, study_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX study_modalities_by_study ON study_modalities (study_id);

-- one file, or one member of an archive that the library unpacked
CREATE TABLE instances (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  -- SOP Instance UID; sha256:<hash> where a format has none; path:<path> where neither is known
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
  -- InstanceHeader without its geometry, which the images hold
  header TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX instances_by_series ON instances (series_id);
CREATE INDEX instances_by_path ON instances (path);

-- one frame of an instance: the unit of display, scoring and annotation
CREATE TABLE images (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_id INTEGER NOT NULL REFERENCES instances ON DELETE CASCADE,
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  frame INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  geometry TEXT,
  UNIQUE (instance_id, frame)
) STRICT;
CREATE INDEX images_by_series ON images (series_id, ordinal);

-- rowid = study; the text is prepared by the library (names split, every CJK character a word of its own)
CREATE VIRTUAL TABLE study_search USING fts5 (
  text, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', content = '', contentless_delete = 1);

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
CREATE INDEX job_items_by_image ON job_items (image_id);
CREATE INDEX job_items_by_series ON job_items (series_id);
CREATE INDEX job_items_by_run ON job_items (run_id);
CREATE INDEX job_items_by_kind ON job_items (kind, id) WHERE kind IS NOT NULL;

-- every file the library was shown, by the path it was found under, and what became of it; a file of the same
-- size and time is not read again. Members of archives are <archive>!/<member>, with size and time of the archive.
CREATE TABLE files (
  path TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('image', 'duplicate', 'left-out', 'unreadable', 'archive')),
  -- what it shows; of a duplicate, the one that was there first
  instance_id INTEGER REFERENCES instances ON DELETE CASCADE,
  fault TEXT,
  -- the job that read it, and the line of that job that reports it
  job_id INTEGER REFERENCES jobs ON DELETE SET NULL,
  problem_id INTEGER REFERENCES job_items ON DELETE SET NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_instance ON files (instance_id);
CREATE INDEX files_by_job ON files (job_id);
CREATE INDEX files_by_problem ON files (problem_id);
CREATE INDEX files_unreadable ON files (path) WHERE outcome = 'unreadable';

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
  -- of the file as it was scored
  sha256 TEXT NOT NULL,
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
CREATE INDEX lesions_by_run ON lesions (run_id);

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
