import type { Migration } from '../migrate'

export const flipTimes: Migration = {
  version: 10,
  name: 'flip-times',
  sql: `
-- what averaging over mirror images costs here: mean milliseconds of an image in the session, without and with
CREATE TABLE flip_times (
  model_id TEXT NOT NULL, model_version TEXT NOT NULL,
  provider TEXT NOT NULL, precision TEXT NOT NULL,
  plain REAL NOT NULL, flipped REAL NOT NULL,
  images INTEGER NOT NULL,
  measured_at TEXT NOT NULL,
  PRIMARY KEY (model_id, model_version, provider, precision)
) STRICT, WITHOUT ROWID;
`,
}
