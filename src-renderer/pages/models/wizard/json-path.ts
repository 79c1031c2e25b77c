import { z } from 'zod'

/** Any JSON value: what a form edits before it is known to be whole. */
export const json = z.json()
export type Json = z.infer<typeof json>

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A record or value as JSON, what is undefined left out. */
export const asJson = (value: object): Json => json.parse(JSON.parse(JSON.stringify(value)))

/** The value at a path such as `outputs.0.boxes.format`; undefined where there is none. */
export function valueAt(root: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isRecord(value) ? value[key] : undefined
  }, root)
}

/** A copy with another value at a path, records made where there are none; undefined removes what is there. */
export function withValue(root: Json, path: string, value: Json | undefined): Json {
  const [key = '', ...rest] = path.split('.')
  const before = valueAt(root, key)
  const next = rest.length === 0 ? value : withValue(before ?? {}, rest.join('.'), value)
  if (Array.isArray(root)) {
    const copy = [...root]
    if (next === undefined) copy.splice(Number(key), 1)
    else copy[Number(key)] = next
    return copy
  }
  const record = { ...(isRecord(root) ? root : {}) }
  if (next === undefined) delete record[key]
  else record[key] = next
  return record
}

/** A list at a path; empty where there is none. */
export function listAt(root: Json, path: string): Json[] {
  const value = valueAt(root, path)
  return Array.isArray(value) ? value : []
}

/** A text at a path; empty where there is none. */
export function textAt(root: Json, path: string): string {
  const value = valueAt(root, path)
  return typeof value === 'string' ? value : ''
}
