import type { OwnedFile } from './owned-store'
import type { ReadFile } from './recorder'

/** A file about to be read. */
export interface Candidate {
  foundAs: string
  shownPath: string
  path: string
  owned: boolean
  sha256: string | null
  knownBy: ReadFile['knownBy'] | null
  /** The uploaded file to delete once its copy is in the library. */
  upload: string | null
}

/** A file that stays where the person keeps it. */
export const fileCandidate = (path: string): Candidate => ({
  foundAs: path,
  shownPath: path,
  path,
  owned: false,
  sha256: null,
  knownBy: null,
  upload: null,
})

/** A file the library keeps itself: a member of an archive, or an upload. */
export const ownedCandidate = (from: {
  foundAs: string
  shownPath: string
  kept: OwnedFile
  knownBy: ReadFile['knownBy']
  upload?: string
}): Candidate => ({
  foundAs: from.foundAs,
  shownPath: from.shownPath,
  path: from.kept.path,
  owned: true,
  sha256: from.kept.sha256,
  knownBy: from.knownBy,
  upload: from.upload ?? null,
})
