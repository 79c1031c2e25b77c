/** Fields of Protocol Buffers, the few that an addition to a graph needs. */
export const int = (field: number, value: number): Uint8Array => joined(varint(field * 8), varint(value))

export const bytes = (field: number, body: Uint8Array): Uint8Array =>
  joined(varint(field * 8 + 2), varint(body.length), body)

export const text = (field: number, value: string): Uint8Array =>
  bytes(field, new TextEncoder().encode(value))

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function varint(value: number): Uint8Array {
  const out: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...out, rest])
    out.push((rest % 128) | 128)
  }
}
