import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys'

/** Milliseconds without a keystroke before the list is asked. */
const PAUSE = 180

interface Props {
  search: string
  onSearch: (search: string) => void
}

/** Searches as it is typed; Escape empties and leaves it. */
export function SearchField({ search, onSearch }: Props) {
  const { t } = useTranslation(['library', 'common'])
  const [typed, setTyped] = useState(search)
  const told = useRef(search)
  const tell = useRef(onSearch)
  tell.current = onSearch

  useEffect(() => {
    if (search !== told.current) {
      told.current = search
      setTyped(search)
    }
  }, [search])

  useEffect(() => {
    const words = typed.trim()
    if (words === told.current) return
    const timer = setTimeout(() => {
      told.current = words
      tell.current(words)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <TextInput
      id="search"
      type="text"
      role="searchbox"
      aria-label={t('search.label')}
      placeholder={t('search.placeholder')}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setTyped('')
        event.currentTarget.blur()
      }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setTyped('')} />
        ) : (
          <Keys of="/" />
        )
      }
    />
  )
}
