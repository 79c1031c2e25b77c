import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { type PictureFilter, pictureFilter } from '#shared/contract/datasets'

export const tabs = ['pictures', 'checks', 'statistics', 'versions', 'next', 'augment'] as const
export type SetTab = (typeof tabs)[number]

/** Which part of a data set is on the screen, and which of its pictures; kept in the address. */
export function useSetView() {
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('part')) ?? 'pictures'
  const filter = useMemo(() => filterOf(params), [params])
  const show = useCallback(
    (part: SetTab, wanted: PictureFilter = {}) => {
      const values = Object.entries(wanted).map(([name, value]) => [name, String(value)])
      setParams(new URLSearchParams([['part', part], ...values]))
    },
    [setParams],
  )
  return { tab, filter, show }
}

function filterOf(params: URLSearchParams): PictureFilter {
  const values: Record<string, unknown> = Object.fromEntries(params)
  if (params.has('cell')) values.cell = Number(params.get('cell'))
  if (params.has('excluded')) values.excluded = params.get('excluded') === 'true'
  return pictureFilter.catch({}).parse(values)
}
