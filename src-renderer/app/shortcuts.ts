import { useEffect, useSyncExternalStore } from 'react'

/**
 * A key that does something while the part that registered it is on the screen. Keys are written as
 * `Mod+A` (Ctrl, or Cmd on a Mac), `Shift+ArrowUp`, `Escape`, `/`, `?`, `v`; letters in lower case.
 */
export interface Shortcut {
  keys: readonly string[]
  /** What it does, in the language of the screen, for the shortcut sheet. */
  label: string
  run: () => void
  /** Off for now; still listed. */
  disabled?: boolean
}

export interface ShortcutGroup {
  /** Title in the shortcut sheet. */
  title: string
  shortcuts: readonly Shortcut[]
}

let groups: readonly ShortcutGroup[] = []
const listeners = new Set<() => void>()

function replace(next: readonly ShortcutGroup[]) {
  groups = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Everything that keys do now, in the order in which parts came onto the screen. */
export const useShortcutGroups = () => useSyncExternalStore(subscribe, () => groups)

/** Registers keys while the calling component is mounted. Memoise `shortcuts`; a new array replaces the old. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const group = { title, shortcuts }
    replace([...groups, group])
    return () => replace(groups.filter((other) => other !== group))
  }, [title, shortcuts])
}

const onMac = /mac|iphone|ipad/i.test(navigator.platform)

/** The character a key stands for even while a Chinese input method holds the keyboard. */
function keyOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  if (letter && (event.key.length > 1 || event.key.charCodeAt(0) > 127)) return letter.toLowerCase()
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/** The name of a pressed key as `Shortcut.keys` writes it. */
export function pressed(event: KeyboardEvent): string {
  const key = keyOf(event)
  const named = key.length > 1 || /[a-z ]/.test(key)
  const parts = [
    (onMac ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && named && 'Shift',
    key === ' ' ? 'Space' : key.length === 1 ? key : key,
  ]
  return parts
    .filter(Boolean)
    .join('+')
    .replace(/\+([a-z])$/, (_, last: string) => `+${last.toUpperCase()}`)
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=range])'))

/** One listener for the whole window: the part that came last is asked first; dialogs and text fields keep their keys. */
export function listenForShortcuts(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || typing(event.target)) return
    if (document.querySelector('[role=dialog][aria-modal=true]')) return
    const name = pressed(event)
    for (const group of [...groups].reverse()) {
      const hit = group.shortcuts.find((shortcut) => !shortcut.disabled && shortcut.keys.includes(name))
      if (hit) {
        event.preventDefault()
        hit.run()
        return
      }
    }
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}

const faces: Record<string, string> = {
  Mod: onMac ? '⌘' : 'Ctrl',
  Alt: onMac ? '⌥' : 'Alt',
  Shift: onMac ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** A key as printed on a button, in pieces: `Mod+A` becomes `['Ctrl', 'A']`. */
export function keyFaces(key: string): string[] {
  if (key === '+') return ['+']
  return key.split('+').map((part) => faces[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}
