import type { DraftForm } from './draft-form'

/** What the two halves of the dialog are given. */
export interface FieldsProps {
  form: DraftForm
  change: (part: Partial<DraftForm>) => void
  /** What is wrong with a field, in words; null where nothing is. */
  errorOf: (field: string) => string | null
  /** A secret is kept and need not be typed again. */
  secretKept: boolean
}
