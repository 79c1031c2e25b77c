import { z } from 'zod'

const tumourOptions = z.object({
  /** Centre, in millimetres from the thigh's axis: x to the picture's right (medial), y down (posterior). */
  x: z.number().min(-60).max(60).default(-44),
  y: z.number().min(-60).max(60).default(-20),
  /** Centre along the thigh, in millimetres above the middle slice. */
  z: z.number().min(-90).max(90).default(4),
  /** Mean radius across the thigh in millimetres; along it the tumour is a third longer. */
  radius: z.number().min(5).max(45).default(26),
})

/** What a phantom of a thigh is made of; every default gives the sample that the app opens. */
export const thighOptions = z.object({
  /** Fixes anatomy, texture and noise. */
  seed: z.number().int().nonnegative().default(7),
  slices: z.number().int().min(1).max(4096).default(48),
  rows: z.number().int().min(32).max(2048).default(256),
  columns: z.number().int().min(32).max(2048).default(256),
  /** Repeated acquisitions of the same thigh: own series UIDs and own noise. */
  series: z.number().int().min(1).max(4096).default(1),
  /** `null` gives a healthy thigh. */
  tumour: tumourOptions.nullable().prefault({}),
})

export type ThighOptions = z.infer<typeof thighOptions>
export type ThighInput = z.input<typeof thighOptions>
export type Tumour = z.infer<typeof tumourOptions>

/** The grid of a phantom in millimetres. */
export interface ThighGrid {
  /** Distance between rows, and between columns. */
  pixel: number
  /** Distance between slices. */
  spacing: number
}

const fieldOfView = 250
const longestStack = 240

/** 250 mm across whatever the columns; slices 4 mm apart unless more than 60 have to fit into 240 mm. */
export function thighGrid(options: ThighOptions): ThighGrid {
  return {
    pixel: Math.round((fieldOfView / options.columns) * 1e6) / 1e6,
    spacing: Math.round(Math.min(4, longestStack / options.slices) * 1e4) / 1e4,
  }
}

/** Height of a slice above the middle of the stack, in millimetres; slice 0 lies nearest the feet. */
export function sliceHeight(options: ThighOptions, slice: number): number {
  return (slice - (options.slices - 1) / 2) * thighGrid(options).spacing
}
