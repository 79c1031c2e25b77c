import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { useFormat } from './format'
import classes from './tabs.module.css'

interface Tab<Value extends string> {
  value: Value
  label: string
  count?: number
}

interface Props<Value extends string> {
  label: string
  tabs: readonly Tab<Value>[]
  value: Value
  onChange: (value: Value) => void
  /** The panel of the chosen tab. */
  children: ReactNode
}

/** Tabs over one panel; arrows move between them. */
export function Tabs<Value extends string>({ label, tabs, value, onChange, children }: Props<Value>) {
  const format = useFormat()
  const id = useId()
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    onChange(next.value)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus()
  }
  return (
    <div>
      <div role="tablist" aria-label={label} className={classes.list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            data-tab={tab.value}
            aria-selected={tab.value === value}
            aria-controls={id}
            tabIndex={tab.value === value ? 0 : -1}
            className={classes.tab}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
            {tab.count !== undefined && <span className={classes.count}>{format.whole(tab.count)}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={id} className={classes.panel}>
        {children}
      </div>
    </div>
  )
}
