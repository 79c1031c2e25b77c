import { createHash } from 'node:crypto'
import type { Dataset } from '#main/imaging/dicom/dataset'
import { contentUid } from '../../content-id'
import { plainLabel } from '../../source/label-of'
import type { ExportAnnotation, ExportSeries, ExportSet, ImageIdentity, WriteContext } from '../../types'
import type { Attributes } from '../object/attributes'
import { type Code, codingSchemes } from '../object/codes'
import { objectModules } from '../object/equipment'
import { frameReference, referenceTo, type SourceSeries } from '../object/source'
import { type BinarySeg, newest } from '../seg/binary'
import { SEGMENTATION_STORAGE } from '../seg/build'
import { concept } from './concepts'
import { code, container, type Item, image, person, text, uid } from './content'
import { figuresOf } from './figures'
import { graphicOf } from './graphic'
import { type GroupContext, imageGroup, volumetricGroup, wholeGroup } from './groups'
import { modalityOf, procedureOf, siteOf } from './terms'
import { uptakeOf } from './uptake'

const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33'
const language: Code = { scheme: 'RFC5646', value: 'en-US', meaning: 'English (United States)' }

export interface Report {
  attributes: Attributes & { SOPInstanceUID: string }
  /** Whether it refers to the segmentation. */
  needsSeg: boolean
}

/** A report over the annotations of a series (TID 1500); null where there is nothing to report. */
export async function buildReport(
  series: ExportSeries,
  set: ExportSet,
  source: SourceSeries,
  seg: BinarySeg | null,
  app: WriteContext['app'],
): Promise<Report | null> {
  const context: GroupContext = {
    seriesUid: source.seriesUid,
    site: siteOf(source.dataset.code(0x00180015)),
  }
  const reported = new Set<ImageIdentity>()
  const said: ExportAnnotation[] = []
  const groups: Item[] = []
  const inSegments = new Set<string>()
  for (const segment of seg?.segments ?? []) {
    // what coordinates hold exactly is reported image by image
    if (!seg || segment.annotations.every(({ shape }) => graphicOf(shape) !== null)) continue
    const object = { sopClass: SEGMENTATION_STORAGE, instanceUid: seg.attributes.SOPInstanceUID }
    const figures = { ...figuresOf(segment, series), uptake: await uptakeOf(segment, series) }
    groups.push(volumetricGroup(segment, figures, object, context))
    said.push(...segment.annotations)
    for (const { id } of segment.annotations) inSegments.add(id)
    for (const { image } of segment.slices) reported.add(image)
  }
  const labelOf = (key: string) => set.labels.get(key) ?? plainLabel(key)
  for (const { identity, annotations } of series.images) {
    for (const annotation of annotations) {
      // a mask without a pixel has nothing to be measured
      if (inSegments.has(annotation.id) || annotation.shape.kind === 'mask') continue
      groups.push(imageGroup(annotation, labelOf(annotation.label), identity, context))
      said.push(annotation)
      reported.add(identity)
    }
  }
  for (const tag of series.tags) {
    groups.push(wholeGroup(tag, labelOf(tag.label), context))
    said.push(tag)
  }
  if (groups.length === 0) return null
  const images = [...reported]
  if (images.length === 0 && series.images[0]) images.push(series.images[0].identity)
  const modules = objectModules(
    source,
    {
      sopClass: COMPREHENSIVE_SR,
      content: createHash('sha256').update(JSON.stringify(groups)).digest('hex'),
      modality: 'SR',
      description: 'Measurement report',
      seriesOffset: 2000,
      madeAt: newest(said),
    },
    app,
  )
  const needsSeg = inSegments.size > 0
  const attributes = {
    ...modules,
    ...codingSchemes,
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    CurrentRequestedProcedureEvidenceSequence: [evidence(source, images, needsSeg ? seg : null)],
    ...root([
      code('HAS CONCEPT MOD', concept.language, language),
      ...observers(said, app),
      code('HAS CONCEPT MOD', concept.procedure, procedureOf(procedureCodes(source.dataset))),
      container(concept.imageLibrary, [
        container(concept.imageLibraryGroup, [
          code('HAS ACQ CONTEXT', concept.modality, modalityOf(source.modality)),
          ...images.map((one) => image('CONTAINS', null, frameReference(one))),
        ]),
      ]),
      container(concept.measurements, groups),
    ]),
  }
  return { attributes, needsSeg }
}

/** The root of the tree stands in the data set itself and has no relationship. */
function root(children: readonly Item[]): Attributes {
  const { RelationshipType: _, ...top } = container(concept.report, children, '1500')
  return top
}

function evidence(source: SourceSeries, images: readonly ImageIdentity[], seg: BinarySeg | null): Attributes {
  const once = new Map(images.map((one) => [one.instanceUid, referenceTo(one)]))
  const series: Attributes[] = [
    { SeriesInstanceUID: source.seriesUid, ReferencedSOPSequence: [...once.values()] },
  ]
  if (seg) {
    series.push({
      SeriesInstanceUID: seg.attributes.SeriesInstanceUID,
      ReferencedSOPSequence: [
        {
          ReferencedSOPClassUID: SEGMENTATION_STORAGE,
          ReferencedSOPInstanceUID: seg.attributes.SOPInstanceUID,
        },
      ],
    })
  }
  return { StudyInstanceUID: source.studyUid, ReferencedSeriesSequence: series }
}

/** The persons who judged, and this program. */
function observers(said: readonly ExportAnnotation[], app: WriteContext['app']): Item[] {
  const persons = new Set(said.flatMap(({ state, reader }) => (state === 'proposed' ? [] : reader)))
  return [
    ...[...persons].flatMap((name) => [
      code('HAS OBS CONTEXT', concept.observerType, concept.person),
      person('HAS OBS CONTEXT', concept.personName, name),
    ]),
    code('HAS OBS CONTEXT', concept.observerType, concept.device),
    uid('HAS OBS CONTEXT', concept.deviceUid, contentUid(`device ${app.name} ${app.version}`)),
    text('HAS OBS CONTEXT', concept.deviceName, app.name),
    text('HAS OBS CONTEXT', concept.deviceManufacturer, app.name),
    text('HAS OBS CONTEXT', concept.deviceModel, app.version),
  ]
}

/** Procedure Code Sequence, and those of the request. */
function procedureCodes(dataset: Dataset): (Code | null)[] {
  const sequences = [dataset.item(0x00081032), dataset.item(0x00400275)?.item(0x00321064) ?? null]
  return sequences.map((item) => {
    const [value, scheme, meaning] = [item?.text(0x00080100), item?.text(0x00080102), item?.text(0x00080104)]
    return value && scheme && meaning ? { scheme, value, meaning } : null
  })
}
