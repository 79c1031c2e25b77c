import { createHmac } from 'node:crypto'

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** Dates move back by one to ten years, so that none lies in the future. */
const DAYS = { least: 365, most: 3650 }

/**
 * Replaces identities by values that tell nothing and that are the same whenever the same secret is used: the
 * same patient keeps one pseudonym, and references between files stay valid.
 */
export class Pseudonyms {
  readonly #secret: Uint8Array

  /** `secret`: at least 32 random bytes, kept with the library and never exported. */
  constructor(secret: Uint8Array) {
    this.#secret = secret
  }

  /** A UID below 2.25 (PS3.5, B.2), from a version 8 UUID. */
  uid(original: string): string {
    const digest = this.#hash('uid', original).subarray(0, 16)
    digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80
    digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
    return `2.25.${BigInt(`0x${digest.toString('hex')}`)}`
  }

  /** `LS-` and ten characters that cannot be mistaken for one another. */
  patient(key: string): string {
    return `LS-${this.#code('patient', key, 10)}`
  }

  /** Name of a file that carries no identifier of its own. */
  file(key: string): string {
    return this.#code('file', key, 16)
  }

  /** Days to move every date of a patient by; negative. */
  days(patientKey: string): number {
    const span = DAYS.most - DAYS.least + 1
    return -(DAYS.least + (this.#hash('days', patientKey).readUInt32BE(0) % span))
  }

  #code(purpose: string, key: string, length: number): string {
    return [...this.#hash(purpose, key).subarray(0, length)].map((byte) => ALPHABET[byte % 32]).join('')
  }

  #hash(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\0${value}`).digest()
  }
}
