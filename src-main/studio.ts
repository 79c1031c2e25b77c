import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import type { Jobs } from '#main/jobs/types'

/** The services of one running app, whichever shell drives it. */
export interface Studio {
  database: Database
  engine: Engine
  jobs: Jobs
}
