import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import type { Window } from '#shared/pixels/voi'

/** The window that the values of a frame ask for, whatever the file says. */
export const automaticWindow = (frame: Frame): Window => initialWindow({ ...frame, windows: [], voiLuts: [] })

/** Modalities whose images stand for themselves: each is shown in its own window. */
const eachForItself = new Set(['CR', 'DX', 'MG', 'XA', 'RF', 'US', 'IO', 'PX', 'PHOTO'])

/**
 * The window a picture comes with. A stack of slices keeps that of the slice first shown, so that tissue does
 * not change its grey while scrolling; projections, ultrasound and photographs have one each.
 */
export class InitialWindows {
  private held: Window | null = null
  private readonly own = new WeakMap<Frame, Window>()

  constructor(private readonly modality: string | null) {}

  of(frame: Frame): Window {
    const each = this.modality === null || eachForItself.has(this.modality)
    if (!each && this.held) return this.held
    const window = this.own.get(frame) ?? initialWindow(frame)
    this.own.set(frame, window)
    if (!each) this.held = window
    return window
  }
}
