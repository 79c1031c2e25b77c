import type { Encoding } from '#main/imaging/dicom/encoding'
import type { ParsedObject } from '#main/imaging/dicom/parse'
import { Tag } from '#main/imaging/dicom/tags'
import { Pseudonyms } from '../pseudonyms'
import { Recorder } from '../recorder'
import { TextCleaner } from '../text/clean-text'
import type { DeidentifyTask } from '../types'
import { encodeText, type Written } from './encode'
import { type Identity, identityOf } from './identity'
import { topLevel } from './level'
import { PrivateAllowList } from './private-allow-list'
import { refuseWhatCannotBeCleaned } from './refused'
import { rewriteLevel } from './rewrite'
import { statement, vrIn } from './statement'

/** The elements of an object without identities, before anything is done to its pixels. */
export interface RewrittenObject {
  elements: Written[]
  identity: Identity
  pseudonyms: Pseudonyms
  patient: string
  days: number
  recorder: Recorder
}

/** Rewrites the elements of an object. Throws DICOM_INVALID, NOT_DEIDENTIFIABLE, INPUT_INVALID. */
export function rewriteObject(
  object: ParsedObject,
  { options, secret }: Pick<DeidentifyTask, 'options' | 'secret'>,
): RewrittenObject {
  refuseWhatCannotBeCleaned(object)
  const level = topLevel(object.dataset)
  const identity = identityOf(level, options)
  const pseudonyms = new Pseudonyms(Buffer.from(secret, 'hex'))
  const recorder = new Recorder()
  const patient = pseudonyms.patient(identity.patientKey)
  const days = pseudonyms.days(identity.patientKey)
  const written = rewriteLevel(level, {
    options,
    pseudonyms,
    cleaner: new TextCleaner(identity.identifiers),
    allowed: new PrivateAllowList(options.keepPrivate),
    patient,
    days,
    recorder,
  })
  const { encoding, elements: original } = object.dataset
  const named = identity.study !== '' || original.has(Tag.PatientID) || original.has(Tag.PatientName)
  const added = [...statement(options, encoding), ...(named ? patientModule(patient, encoding) : [])]
  for (const { tag } of added) {
    if (tag !== Tag.PatientName && tag !== Tag.PatientID) recorder.noteTag(tag, 'set')
  }
  return { elements: merged(written, added), identity, pseudonyms, patient, days, recorder }
}

/** Elements in the order of their tags; what is `added` stands for what was there. */
export function merged(written: readonly Written[], added: readonly Written[]): Written[] {
  const byTag = new Map([...written, ...added].map((element) => [element.tag, element]))
  return [...byTag.values()].sort((a, b) => a.tag - b.tag)
}

/** Name and id of the pseudonym, also where the file had neither but belongs to a study. */
function patientModule(patient: string, encoding: Encoding): Written[] {
  const text = (tag: number, vr: string) => ({
    tag,
    bytes: encodeText(tag, vrIn(encoding, vr), patient, encoding),
  })
  return [text(Tag.PatientName, 'PN'), text(Tag.PatientID, 'LO')]
}
