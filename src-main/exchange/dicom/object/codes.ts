import type { LabelAttribute, LabelCode, SchemaLabel } from '#shared/domain/annotation/label-schema'
import { type Attributes, short } from './attributes'

/** A coded concept (PS3.3, 8.8). */
export type Code = LabelCode

export const dcm = (value: string, meaning: string): Code => ({ scheme: 'DCM', value, meaning })
export const sct = (value: string, meaning: string): Code => ({ scheme: 'SCT', value, meaning })
export const ucum = (value: string, meaning = value): Code => ({ scheme: 'UCUM', value, meaning })

/** Scheme of concepts that have no code of a terminology; 99 begins the names of private schemes (PS3.16, 8). */
export const PRIVATE_SCHEME = '99LEPTON'
export const privateCode = (value: string, meaning: string): Code => ({
  scheme: PRIVATE_SCHEME,
  value,
  meaning,
})

/** The concept of a label: its own code, else a private one of its key. */
export const labelConcept = ({ code, key, name }: SchemaLabel): Code => code ?? privateCode(key, name.en)

/** The concept of an attribute of a label. */
export const attributeConcept = ({ key, name }: Pick<LabelAttribute, 'key' | 'name'>): Code =>
  privateCode(key, name.en)

/** A code as an item of a code sequence; long values go where there is room for them. */
export function codeItem({ scheme, value, meaning }: Code): Attributes {
  return {
    ...(value.length <= 16 ? { CodeValue: value } : { LongCodeValue: value }),
    CodingSchemeDesignator: short(scheme, 16),
    CodeMeaning: short(meaning || value, 64),
  }
}

/** Says what the private scheme is, for objects that use it (PS3.3, C.12.1). */
export const codingSchemes: Attributes = {
  CodingSchemeIdentificationSequence: [
    {
      CodingSchemeDesignator: PRIVATE_SCHEME,
      CodingSchemeName: 'Labels of Lepton Studio',
      CodingSchemeResponsibleOrganization: 'Lepton Studio',
    },
  ],
}
