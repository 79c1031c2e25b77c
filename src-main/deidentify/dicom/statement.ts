import type { Encoding } from '#main/imaging/dicom/encoding'
import type { DeidentifyOptions } from '#shared/domain/deidentification'
import { encodeSequence, encodeText, joined, type Written } from './encode'

/** De-identification methods of CID 7050. */
const METHODS = {
  basic: ['113100', 'Basic Application Confidentiality Profile'],
  cleanPixels: ['113101', 'Clean Pixel Data Option'],
  cleanDescriptors: ['113105', 'Clean Descriptors Option'],
  retainDates: ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  retainDevice: ['113109', 'Retain Device Identity Option'],
  keepPrivate: ['113111', 'Retain Safe Private Option'],
} as const

/** The attributes in which an object says that, and how, it was de-identified (PS3.15, E.1.1; PS3.3, C.12.1.1.1). */
export function statement(options: DeidentifyOptions, encoding: Encoding): Written[] {
  const { keepPrivate, ...flags } = options
  const chosen = { basic: true, ...flags, keepPrivate: keepPrivate.length > 0 }
  const methods = Object.entries(METHODS).flatMap(([name, method]) =>
    Object.entries(chosen).some(([key, on]) => key === name && on) ? [method] : [],
  )
  const text = (tag: number, vr: string, value: string) =>
    encodeText(tag, vrIn(encoding, vr), value, encoding)
  const items = methods.map(([code, meaning]) => ({
    content: joined([
      text(0x00080100, 'SH', code),
      text(0x00080102, 'SH', 'DCM'),
      text(0x00080104, 'LO', meaning),
    ]),
    delimited: false,
  }))
  const method = 'Lepton Studio, PS3.15 Annex E 2026c'
  const dates = options.retainDates ? 'MODIFIED' : 'REMOVED'
  return [
    { tag: 0x00120062, bytes: text(0x00120062, 'CS', 'YES') },
    { tag: 0x00120063, bytes: text(0x00120063, 'LO', method) },
    {
      tag: 0x00120064,
      bytes: encodeSequence(0x00120064, vrIn(encoding, 'SQ'), items, encoding, encoding, false),
    },
    { tag: 0x00280303, bytes: text(0x00280303, 'CS', dates) },
  ]
}

/** Implicit VR writes none. */
export function vrIn({ explicit }: Encoding, vr: string): string {
  return explicit ? vr : ''
}
