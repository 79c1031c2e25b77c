import type { VolumeFormat } from '../domain/volume-format'

/** Plain GET and POST routes beside the procedures: bytes that do not belong in JSON. */
export const routes = {
  /** One decoded frame: body = samples, little endian; `FRAME_HEADER` carries FrameInfo as JSON. */
  frame: (imageId: number) => `/pixels/frame/${imageId}`,
  /** WebP or PNG picture, longest side 256. */
  thumbnail: (imageId: number) => `/pixels/thumbnail/${imageId}`,
  /** Quantised probability map: body = raw-deflated bytes; `MAP_HEADER` carries MapInfo as JSON. */
  map: (predictionId: number) => `/pixels/map/${predictionId}`,
  /**
   * Where the probability of a label comes from, made when it is first asked for: body and `MAP_HEADER` as of a map,
   * relevance from 0 to 255; `METHOD_HEADER` says how.
   */
  explanation: (predictionId: number, label: string) =>
    `/pixels/explanation/${predictionId}/${encodeURIComponent(label)}`,
  /** A file of a sign-off, as it was signed. */
  signed: (studyId: number, version: number, file: string) =>
    `/signed/${studyId}/${version}/${file.split('/').map(encodeURIComponent).join('/')}`,
  /** One file of a model that answers to clicks, which runs in the window: its weights and golden tensors. */
  modelFile: (model: { id: string; version: string }, file: string) =>
    `/model-files/${model.id}/${model.version}/${file}`,
  /** POST one file as the body with `UPLOAD_PATH_HEADER`; answers { token, path }. */
  upload: (batch: string) => `/uploads/${encodeURIComponent(batch)}`,
  /** POST: takes a finished batch into the library; answers { jobId }. */
  finishUpload: (batch: string) => `/uploads/${encodeURIComponent(batch)}/finish`,
  /** A series as one file to be saved. */
  volume: (seriesId: number, format: VolumeFormat) => `/volumes/${seriesId}/${format}`,
  openapi: '/api/openapi.json',
} as const

export const FRAME_HEADER = 'x-lepton-frame'
export const MAP_HEADER = 'x-lepton-map'
/** `activation` or `occlusion`. */
export const METHOD_HEADER = 'x-lepton-method'
/** Percent-encoded relative path of an uploaded file. */
export const UPLOAD_PATH_HEADER = 'x-lepton-path'
