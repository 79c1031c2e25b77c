import type { Migration } from '../migrate'

export const sources: Migration = {
  version: 6,
  name: 'sources',
  sql: `
CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- SourcePlace as JSON
  place TEXT NOT NULL,
  -- password, token or header value; read for the connection alone
  secret TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX studies_by_uid ON studies (uid) WHERE uid IS NOT NULL;
CREATE INDEX series_by_uid ON series (uid) WHERE uid IS NOT NULL;
`,
}
