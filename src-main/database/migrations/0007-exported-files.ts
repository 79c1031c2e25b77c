import type { Migration } from '../migrate'

export const exportedFiles: Migration = {
  version: 7,
  name: 'exported-files',
  sql: `
-- one file that an export job wrote
CREATE TABLE exported_files (
  item_id INTEGER PRIMARY KEY REFERENCES job_items ON DELETE CASCADE,
  -- below the folder of the job, with forward slashes
  name TEXT NOT NULL,
  -- FileReport as JSON; null where the file was copied as it is
  report TEXT,
  -- FileKeys as JSON, only where a key table was asked for
  keys TEXT
) STRICT;
CREATE INDEX exported_files_by_name ON exported_files (name COLLATE NOCASE);
`,
}
