import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'

export interface TransferDeps {
  database: Database
  library: Library
  /** Where objects wait until the library has them. */
  spoolFolder: string
}
