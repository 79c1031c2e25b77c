import type { DrawingTool } from '../state/hand'
import { brushTool } from './brush'
import { angleTool, lineTool, polygonTool, rotatedBoxTool } from './click-shape'
import { boxTool, ellipseTool, freehandTool, pointTool } from './drag-shape'
import { selectTool } from './select'
import { smartBrushTool } from './smart-brush'
import type { Bench, ToolSession } from './tool'

/** What each tool does with a pointer: a new tool is one more line here, in `drawingTools` and in the texts. */
export const sessions: Record<DrawingTool, (bench: Bench) => ToolSession> = {
  select: selectTool,
  brush: (bench) => brushTool(bench, 'brush'),
  eraser: (bench) => brushTool(bench, 'eraser'),
  thresholdBrush: (bench) => brushTool(bench, 'thresholdBrush'),
  smartBrush: smartBrushTool,
  polygon: polygonTool,
  freehand: freehandTool,
  box: boxTool,
  rotatedBox: rotatedBoxTool,
  ellipse: ellipseTool,
  line: lineTool,
  angle: angleTool,
  point: pointTool,
}
