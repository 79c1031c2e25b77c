import { EXPLICIT_LITTLE } from '#main/imaging/dicom/encoding'
import { encodeElement, encodeText, joined } from './encode'

/** Names the software that wrote a file; a UUID made once. */
const IMPLEMENTATION_UID = '2.25.183494007424478914930211051712107535085'
const IMPLEMENTATION_NAME = 'LEPTON_STUDIO'

/** Preamble of zeros, prefix and file meta information (PS3.10, 7.1), without a source application entity. */
export function metaGroup(sopClass: string, sopInstance: string, transferSyntax: string): Uint8Array {
  const text = (tag: number, vr: string, value: string) => encodeText(tag, vr, value, EXPLICIT_LITTLE)
  const elements = joined([
    encodeElement(0x00020001, 'OB', Uint8Array.of(0, 1), EXPLICIT_LITTLE),
    text(0x00020002, 'UI', sopClass),
    text(0x00020003, 'UI', sopInstance),
    text(0x00020010, 'UI', transferSyntax),
    text(0x00020012, 'UI', IMPLEMENTATION_UID),
    text(0x00020013, 'SH', IMPLEMENTATION_NAME),
  ])
  const length = new Uint8Array(Uint32Array.of(elements.length).buffer)
  const prefix = Buffer.from('DICM', 'latin1')
  return joined([
    new Uint8Array(128),
    prefix,
    encodeElement(0x00020000, 'UL', length, EXPLICIT_LITTLE),
    elements,
  ])
}
