import type { AttributeValues } from '#shared/domain/annotation/annotation'

type Value = AttributeValues[string]

/** Attributes as formats that know text alone keep them: lists as JSON. */
export const attributeText = (value: Value) => (Array.isArray(value) ? JSON.stringify(value) : String(value))

/** The way back; `number` where the file says that the attribute is one. */
export function attributeOf(text: string, number: boolean): Value {
  if (number && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  return listOf(text) ?? text
}

function listOf(text: string): string[] | null {
  if (!text.startsWith('["')) return null
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : null
  } catch {
    return null
  }
}
