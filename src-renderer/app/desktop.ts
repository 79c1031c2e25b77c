import type { DesktopBridge } from '#shared/contract/desktop-bridge'

declare global {
  interface Window {
    lepton?: DesktopBridge
  }
}

/** The desktop shell's own powers; undefined in a browser. */
export const desktop: DesktopBridge | undefined = window.lepton
