import type { Migration } from '../migrate'

export const annotationVersions: Migration = {
  version: 5,
  name: 'annotation-versions',
  sql: `
-- every change of every annotation in order: its revisions are never given twice, its history is found at once,
-- and whoever watches a study asks for what came after a serial
CREATE TABLE annotation_versions (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  annotation_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  study_id INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
  action INTEGER NOT NULL REFERENCES annotation_actions ON DELETE CASCADE,
  how TEXT NOT NULL CHECK (how IN ('done', 'undone', 'redone')),
  changed_at TEXT NOT NULL,
  UNIQUE (annotation_id, revision)
) STRICT;
CREATE INDEX annotation_versions_by_study ON annotation_versions (study_id, serial);
CREATE INDEX annotation_versions_by_action ON annotation_versions (action);
`,
}
