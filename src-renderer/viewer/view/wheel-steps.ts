/** Pixels of wheel travel that make one step, for wheels that report pixels (touch pads). */
const pixelsPerStep = 40

/** Turns the wheel's travel into whole steps. */
export function wheelSteps(): (event: WheelEvent) => number {
  let travel = 0
  return (event) => {
    const notch = event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL || Math.abs(event.deltaY) >= pixelsPerStep
    travel = notch ? 0 : travel + event.deltaY
    const steps = notch ? Math.sign(event.deltaY) : Math.trunc(travel / pixelsPerStep)
    if (!notch) travel -= steps * pixelsPerStep
    return steps
  }
}
