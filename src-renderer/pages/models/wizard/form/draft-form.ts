import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../json-path'
import type { Problems } from '../problems'

/** The manifest under way, as its fields see it. */
export interface DraftForm {
  values: Json
  /** Undefined removes the value. */
  set: (path: string, value: Json | undefined) => void
  replace: (values: Json) => void
  problems: Problems
}

export const DraftContext = createContext<DraftForm | null>(null)

/** The manifest under way. @throws Error outside of a draft, a mistake in the code */
export function useDraft(): DraftForm {
  const form = useContext(DraftContext)
  if (!form) throw new Error('useDraft outside of DraftContext')
  return form
}

/** What is wrong with the value at a path, in a sentence; null where nothing is. */
export function useProblem(path: string): string | null {
  const { t } = useTranslation('models')
  const kind = useDraft().problems.get(path)
  return kind ? t(`wizard.problem.${kind}`) : null
}
