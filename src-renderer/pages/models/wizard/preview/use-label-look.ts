import { useMemo } from 'react'
import { useBilingual } from '#renderer/app/label-names'
import { type Json, listAt, textAt } from '../json-path'

export interface LabelLook {
  name: (label: string) => string
  colour: (label: string) => string
}

/** Name and colour of a draft's labels, as far as they are written. */
export function useLabelLook(values: Json): LabelLook {
  const inLanguage = useBilingual()
  return useMemo(() => {
    const known = new Map(
      listAt(values, 'labels').map((label) => [
        textAt(label, 'id'),
        {
          name: inLanguage({ en: textAt(label, 'name.en'), zh: textAt(label, 'name.zh') }),
          colour: textAt(label, 'colour'),
        },
      ]),
    )
    return {
      name: (label) => known.get(label)?.name || label,
      colour: (label) => known.get(label)?.colour || 'var(--accent)',
    }
  }, [values, inLanguage])
}
