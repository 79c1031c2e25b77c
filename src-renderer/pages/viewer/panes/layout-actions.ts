import { activate, type Layout, layouts, paneCount, usePanes } from '#renderer/viewer/state/panes'

/** Another layout; the active pane stays on the screen. */
export function setLayout(layout: Layout): void {
  const { active, contents } = usePanes.getState()
  if (active < paneCount[layout]) usePanes.setState({ layout })
  else usePanes.setState({ layout, active: 0, contents: contents.with(0, contents[active] ?? null) })
}

export function nextLayout(): void {
  const { layout } = usePanes.getState()
  setLayout(layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? '1x1')
}

export function nextPane(): void {
  const { active, layout } = usePanes.getState()
  activate((active + 1) % paneCount[layout])
}
