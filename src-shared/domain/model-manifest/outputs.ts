import { z } from 'zod'

const name = z.string().min(1)
/** Label ids in the order of the tensor. */
const labels = z.array(z.string()).min(1)
const activation = z.enum(['none', 'sigmoid', 'softmax'])

/** Suppression of overlapping boxes by the app: within a label or across all. */
const nms = z.strictObject({
  iou: z.number().gt(0).max(1),
  acrossLabels: z.boolean().default(false),
  maxDetections: z.number().int().positive().max(3000).default(300),
})

/** Corners or centre and size, in pixels of the network's input or as a share of its width and height. */
const boxFormat = {
  format: z.enum(['xyxy', 'xywh', 'cxcywh']),
  unit: z.enum(['pixels', 'normalised']),
}

/** Own threshold of an output, where the operating point belongs to another one. */
const threshold = z.number().min(0).max(1).optional()

/** How one output, or the outputs that belong together, become findings. A network may have several. */
export const outputDecoding = z.discriminatedUnion('decode', [
  /** [N, labels]: one label for the whole image. `none` where the network ends in a softmax itself. */
  z.strictObject({ decode: z.literal('softmax'), name, labels, activation: z.enum(['none', 'softmax']) }),
  /** [N, labels]: any number of labels for the whole image. */
  z.strictObject({
    decode: z.literal('multi-label'),
    name,
    labels,
    activation: z.enum(['none', 'sigmoid']),
    threshold,
  }),
  /** [N, labels, h, w]: class activation maps whose mean over the image gives the logits of `of`. */
  z.strictObject({ decode: z.literal('activation-map'), name, of: z.string(), labels }),
  /** Logits [N, labels, H, W]; an independent probability for each label. */
  z.strictObject({ decode: z.literal('sigmoid-mask'), name, labels, threshold }),
  /** Logits [N, 1 + labels, H, W]; the first plane is the background. */
  z.strictObject({ decode: z.literal('softmax-mask'), name, labels, threshold }),
  /** Boxes [N, A, 4] and scores [N, A, labels] of the same anchors; no suppression in the network. */
  z.strictObject({
    decode: z.literal('boxes'),
    boxes: z.strictObject({ name, ...boxFormat }),
    scores: z.strictObject({
      name,
      activation,
      /** Place of a background column, left out. */
      background: z.number().int().min(0).nullable().default(null),
    }),
    labels,
    /** Class-agnostic score [N, A, 1] of the same anchors, under a label of its own; reported beside the label's. */
    agnostic: z.strictObject({ name, activation: z.enum(['none', 'sigmoid']), label: z.string() }).optional(),
    nms,
    threshold,
  }),
  /**
   * The tensor of a YOLO network: rows [N, A, 4 + objectness + labels (+ coefficients)] as version 5 writes them, or
   * columns [N, 4 + labels (+ coefficients), A] as versions 8 and 11 do; cx, cy, w, h.
   */
  z.strictObject({
    decode: z.literal('yolo'),
    name,
    arrangement: z.enum(['rows', 'columns']),
    objectness: z.boolean(),
    unit: z.enum(['pixels', 'normalised']),
    activation: z.enum(['none', 'sigmoid']),
    labels,
    /** Prototype masks [N, K, h, w], mixed by the K coefficients that end each anchor. */
    masks: z.strictObject({ name, coefficients: z.number().int().positive() }).optional(),
    nms,
    threshold,
  }),
  /** Suppressed in the network: one tensor [N, K, 6] of x1, y1, x2, y2, score, label, or [K, 7] led by the image. */
  z.strictObject({
    decode: z.literal('detections'),
    name,
    unit: z.enum(['pixels', 'normalised']),
    labels,
    threshold,
  }),
  /** Suppressed in the network: boxes [N, K, 4], scores [N, K], labels [N, K], and how many count [N]. */
  z.strictObject({
    decode: z.literal('detection-tensors'),
    boxes: z.strictObject({ name, ...boxFormat }),
    scores: name,
    classes: name,
    count: name.optional(),
    /** The number that stands for the first label. */
    firstLabel: z.number().int().default(0),
    labels,
    threshold,
  }),
  /** [N, D]: a vector for similarity; `normalise` where the network does not bring it to length 1. */
  z.strictObject({
    decode: z.literal('embedding'),
    name,
    dimensions: z.number().int().positive().max(8192),
    normalise: z.boolean(),
  }),
  /** Logits [1, 1, H, W] of the mask that clicks ask for. */
  z.strictObject({ decode: z.literal('prompted-mask'), name, threshold }),
])
export type OutputDecoding = z.infer<typeof outputDecoding>
