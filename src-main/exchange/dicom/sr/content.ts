import { type Attributes, decimal, personName, short } from '../object/attributes'
import { type Code, codeItem } from '../object/codes'

type Relationship =
  | 'CONTAINS'
  | 'HAS OBS CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS ACQ CONTEXT'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM'

/** A node of the content tree of a report (PS3.3, C.17.3). */
export type Item = Attributes

function item(
  relationship: Relationship,
  kind: string,
  concept: Code | null,
  value: Attributes,
  children: readonly Item[] = [],
): Item {
  return {
    RelationshipType: relationship,
    ValueType: kind,
    ...(concept === null ? {} : { ConceptNameCodeSequence: [codeItem(concept)] }),
    ...value,
    ...(children.length === 0 ? {} : { ContentSequence: [...children] }),
  }
}

export const container = (concept: Code, children: readonly Item[], template?: string): Item =>
  item(
    'CONTAINS',
    'CONTAINER',
    concept,
    {
      ContinuityOfContent: 'SEPARATE',
      ...(template === undefined
        ? {}
        : { ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }] }),
    },
    children,
  )

export const code = (
  relationship: Relationship,
  concept: Code,
  value: Code,
  children: readonly Item[] = [],
): Item => item(relationship, 'CODE', concept, { ConceptCodeSequence: [codeItem(value)] }, children)

export const text = (relationship: Relationship, concept: Code, value: string): Item =>
  item(relationship, 'TEXT', concept, { TextValue: value })

export const uid = (relationship: Relationship, concept: Code, value: string): Item =>
  item(relationship, 'UIDREF', concept, { UID: value })

export const person = (relationship: Relationship, concept: Code, name: string): Item =>
  item(relationship, 'PNAME', concept, { PersonName: personName(name) })

export const number = (concept: Code, value: number, unit: Code, children: readonly Item[] = []): Item =>
  item(
    'CONTAINS',
    'NUM',
    concept,
    {
      MeasuredValueSequence: [
        { NumericValue: decimal(value), MeasurementUnitsCodeSequence: [codeItem(unit)] },
      ],
    },
    children,
  )

export const image = (relationship: Relationship, concept: Code | null, reference: Attributes): Item =>
  item(relationship, 'IMAGE', concept, { ReferencedSOPSequence: [reference] })

/** Points of an image, column and row in turn, from the corner of its first pixel (PS3.3, C.18.6). */
export interface Graphic {
  type: 'POINT' | 'POLYLINE' | 'ELLIPSE'
  data: readonly number[]
}

export const coordinates = (
  relationship: Relationship,
  concept: Code,
  { type, data }: Graphic,
  from: Attributes,
): Item =>
  item(relationship, 'SCOORD', concept, { GraphicType: type, GraphicData: [...data] }, [
    image('SELECTED FROM', null, from),
  ])

/** A text as a value of VR UT that says something. */
export const plain = (value: string) => short(value, 64) || '-'
