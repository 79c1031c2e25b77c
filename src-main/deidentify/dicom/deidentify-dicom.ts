import type { ByteSource } from '#main/imaging/byte-source'
import { type ParsedObject, parseObject } from '#main/imaging/dicom/parse'
import { Tag } from '#main/imaging/dicom/tags'
import type { RemainingRisk } from '#shared/domain/deidentification'
import { findBurnedIn } from '../burned-in/find'
import type { Sink } from '../sink'
import type { Deidentified, DeidentifyTask } from '../types'
import { burnedInAnnotation } from './burned-in-annotation'
import { maskedPixels } from './masked-pixels'
import { mappedUid } from './rewrite'
import { merged, type RewrittenObject, rewriteObject } from './rewrite-object'
import { burnedInText, hasOverlayBits, showsFace } from './risks'
import { writeObject } from './write-object'

const OFFSET_TABLES: ReadonlySet<number> = new Set([Tag.ExtendedOffsetTable, Tag.ExtendedOffsetTableLengths])

/**
 * Writes a DICOM object without the identities of its patient, in its own transfer syntax with its pixel data as
 * they are; only where boxes are covered they are written uncompressed. What follows the pixel data (padding,
 * signatures) is left out. Throws DICOM_INVALID, NOT_DEIDENTIFIABLE and what the pixels may throw.
 */
export async function deidentifyDicom(
  source: ByteSource,
  task: Omit<DeidentifyTask, 'path' | 'target'>,
  sink: Sink,
): Promise<Deidentified> {
  const object = parseObject(source)
  const rewritten = rewriteObject(object, task)
  const { pseudonyms, identity, patient, recorder } = rewritten
  const boxes = await boxesToCover(source, object, task)
  const masked = boxes.length > 0 ? await maskedPixels(object, boxes) : null

  const kind = object.pixels === null ? 'unlikely' : burnedInText(object.dataset)
  const looked = task.options.cleanPixels && (kind !== 'unlikely' || task.boxes !== null)
  // what a file says of itself is believed until something was found, or a person has looked
  const left =
    kind !== 'unlikely' && !(looked && (kind === 'likely' || masked !== null || task.boxes !== null))
  const risks = remainingRisks(object, rewritten, masked !== null, left)
  const added = [...burnedInAnnotation(object, looked, left), ...(masked?.elements ?? [])]
  const elements = merged(rewritten.elements, added)
  const instance = mappedUid(identity.instance, pseudonyms)
  await writeObject(
    object,
    {
      elements: masked === null ? elements : elements.filter(({ tag }) => !OFFSET_TABLES.has(tag)),
      masked,
      instance,
    },
    sink,
  )
  const folders = [patient, mappedUid(identity.study, pseudonyms), mappedUid(identity.series, pseudonyms)]
  const file = `${instance || pseudonyms.file(source.sha256())}.dcm`
  return {
    name: [...folders.filter((folder) => folder !== ''), file].map(safeName).join('/'),
    report: {
      format: 'dicom',
      actions: recorder.actions,
      keptPrivate: recorder.privateElements,
      keptText: recorder.texts,
      risks,
      masked: boxes,
      uncompressed: masked !== null && object.syntax.compression !== 'none',
    },
    keys: keysOf(rewritten, task.options.retainDates),
  }
}

/** The boxes a person left, else those that are found where text is likely. */
async function boxesToCover(
  source: ByteSource,
  object: ParsedObject,
  { options, boxes }: Pick<DeidentifyTask, 'options' | 'boxes'>,
) {
  if (!options.cleanPixels || object.pixels === null) return []
  if (boxes !== null) return boxes
  return burnedInText(object.dataset) === 'unlikely' ? [] : findBurnedIn(source, object)
}

function remainingRisks(
  { dataset }: ParsedObject,
  { recorder }: RewrittenObject,
  masked: boolean,
  textLeft: boolean,
): RemainingRisk[] {
  const risks: [RemainingRisk, boolean][] = [
    ['face', showsFace(dataset)],
    ['burned-in-text', textLeft],
    ['free-text', recorder.texts.length > 0],
    ['private-elements', recorder.privateElements.length > 0],
    ['overlay-bits', !masked && hasOverlayBits(dataset)],
  ]
  return risks.flatMap(([risk, there]) => (there ? [risk] : []))
}

/** Standard UIDs stay as they are, so that a name may still be one that a file wrote. */
function safeName(name: string): string {
  return name
    .replace(/[^\w.-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, 80)
}

function keysOf({ identity, patient, days, pseudonyms }: RewrittenObject, shifted: boolean) {
  const keys: Deidentified['keys'] = [
    { kind: 'patient', original: identity.patientId, pseudonym: patient },
    { kind: 'patient-name', original: identity.patientName, pseudonym: patient },
    { kind: 'days', original: identity.patientId, pseudonym: shifted ? String(days) : '' },
    { kind: 'study', original: identity.study, pseudonym: mappedUid(identity.study, pseudonyms) },
    { kind: 'series', original: identity.series, pseudonym: mappedUid(identity.series, pseudonyms) },
    { kind: 'instance', original: identity.instance, pseudonym: mappedUid(identity.instance, pseudonyms) },
  ]
  return keys.filter(({ original, pseudonym }) => original !== '' && pseudonym !== '')
}
