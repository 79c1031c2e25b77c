/**
 * How a setting is asked for: an output of the graph, a number, yes or no, a background column, a threshold that may
 * be left to the operating point, or one of a few.
 */
export interface FieldKind {
  /** Path within the output. */
  key: string
  label:
    | 'tensor'
    | 'activation'
    | 'boxes'
    | 'scores'
    | 'classes'
    | 'format'
    | 'unit'
    | 'background'
    | 'iou'
    | 'acrossLabels'
    | 'maxDetections'
    | 'arrangement'
    | 'objectness'
    | 'firstLabel'
    | 'dimensions'
    | 'normalise'
    | 'of'
    | 'threshold'
  kind: 'tensor' | 'number' | 'switch' | 'background' | 'threshold' | readonly Choice[]
}

type Choice =
  | 'none'
  | 'softmax'
  | 'sigmoid'
  | 'xyxy'
  | 'xywh'
  | 'cxcywh'
  | 'pixels'
  | 'normalised'
  | 'rows'
  | 'columns'

const tensor: FieldKind = { key: 'name', label: 'tensor', kind: 'tensor' }
const unit: FieldKind = { key: 'unit', label: 'unit', kind: ['pixels', 'normalised'] }
const activation = (key: string, kind: readonly Choice[]): FieldKind => ({ key, label: 'activation', kind })
const threshold: FieldKind = { key: 'threshold', label: 'threshold', kind: 'threshold' }
const boxes: readonly FieldKind[] = [
  { key: 'boxes.name', label: 'boxes', kind: 'tensor' },
  { key: 'boxes.format', label: 'format', kind: ['xyxy', 'xywh', 'cxcywh'] },
  { key: 'boxes.unit', label: 'unit', kind: ['pixels', 'normalised'] },
]
const nms: readonly FieldKind[] = [
  { key: 'nms.iou', label: 'iou', kind: 'number' },
  { key: 'nms.maxDetections', label: 'maxDetections', kind: 'number' },
  { key: 'nms.acrossLabels', label: 'acrossLabels', kind: 'switch' },
]

const fields: Record<string, readonly FieldKind[]> = {
  softmax: [tensor, activation('activation', ['softmax', 'none'])],
  'multi-label': [tensor, activation('activation', ['sigmoid', 'none']), threshold],
  'activation-map': [tensor, { key: 'of', label: 'of', kind: 'tensor' }],
  'sigmoid-mask': [tensor, threshold],
  'softmax-mask': [tensor, threshold],
  'prompted-mask': [tensor, threshold],
  boxes: [
    ...boxes,
    { key: 'scores.name', label: 'scores', kind: 'tensor' },
    activation('scores.activation', ['none', 'sigmoid', 'softmax']),
    { key: 'scores.background', label: 'background', kind: 'background' },
    threshold,
    ...nms,
  ],
  yolo: [
    tensor,
    { key: 'arrangement', label: 'arrangement', kind: ['rows', 'columns'] },
    unit,
    activation('activation', ['none', 'sigmoid']),
    threshold,
    { key: 'objectness', label: 'objectness', kind: 'switch' },
    ...nms,
  ],
  detections: [tensor, unit, threshold],
  'detection-tensors': [
    ...boxes,
    { key: 'scores', label: 'scores', kind: 'tensor' },
    { key: 'classes', label: 'classes', kind: 'tensor' },
    { key: 'firstLabel', label: 'firstLabel', kind: 'number' },
    threshold,
  ],
  embedding: [
    tensor,
    { key: 'dimensions', label: 'dimensions', kind: 'number' },
    { key: 'normalise', label: 'normalise', kind: 'switch' },
  ],
}

/** What a person may set of a decoding; what is rarer is set in the manifest's own text. */
export const decodingFields = (decode: string): readonly FieldKind[] => fields[decode] ?? []
