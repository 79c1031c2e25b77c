import type { Migration } from '../migrate'

export const reading: Migration = {
  version: 9,
  name: 'reading',
  sql: `
-- studies that are read by several readers who do not see each other's work until all are done
CREATE TABLE blinded_studies (
  study_id INTEGER PRIMARY KEY REFERENCES studies ON DELETE CASCADE,
  since TEXT NOT NULL
) STRICT;

-- readers who said that they are done with a study
CREATE TABLE readings (
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  reader TEXT NOT NULL,
  done_at TEXT NOT NULL,
  PRIMARY KEY (study_id, reader)
) STRICT, WITHOUT ROWID;

-- what a reader signed: written once and locked; a later change is a new version
CREATE TABLE sign_offs (
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  version INTEGER NOT NULL,
  reader TEXT NOT NULL,
  remark TEXT NOT NULL,
  -- the last change of the study's annotations that it contains
  serial INTEGER NOT NULL,
  folder TEXT NOT NULL,
  -- SHA-256 of each file, by its path below the folder, as JSON
  files TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  PRIMARY KEY (study_id, version)
) STRICT, WITHOUT ROWID;
`,
}
