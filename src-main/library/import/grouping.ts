import { basename, dirname } from 'node:path'
import type { InstanceHeader } from '#shared/domain/image'

/** What the library knows of a file besides its header. */
export interface FileFacts {
  /** The path it was found under; tells folders of equal name apart. */
  foundAs: string
  /** The path as the person knows it. */
  shownPath: string
  sha256: string | null
  modifiedMs: number
  /** Made by the app itself. */
  phantom: boolean
}

/** Where a file belongs: keys are equal for files that belong together. */
export interface Place {
  instanceKey: string
  subject: {
    kind: 'patient' | 'store'
    key: string
    label: string
    name: string | null
    sex: string | null
    birthDate: string | null
  }
  study: {
    kind: 'examination' | 'audit'
    key: string
    uid: string | null
    date: string | null
    time: string | null
    description: string
    accession: string | null
    phantom: boolean
  }
  series: {
    key: string
    uid: string | null
    /** What all slices of a stack share; null where pictures of any size are kept together. */
    geometry: StackGeometry | null
    /** Folder of a stack of other versions, by which a person tells it from the first; null for the first. */
    folder: string | null
  }
}

export interface StackGeometry {
  rows: number
  columns: number
  /** Direction cosines of row and column; null where the file does not tell. */
  orientation: readonly number[] | null
}

/** Subject, study, series and identity of a file. */
export function placeOf(header: InstanceHeader, file: FileFacts): Place {
  if (header.format === 'dicom') return placeOfDicom(header, file)
  return header.format === 'nifti' || header.format === 'nrrd'
    ? placeOfVolume(header, file)
    : placeOfPhotograph(header, file)
}

function placeOfDicom(header: InstanceHeader, file: FileFacts): Place {
  const { subject, study, series, instance } = header
  const folder = dirname(file.foundAs)
  const studyKey = study.uid ? `study:${study.uid}` : `study-of:${subject.id ?? ''}:${folder}`
  const seriesKey = series.uid ? `series:${series.uid}` : `series-of:${folder}:${series.number ?? ''}`
  // a multi-frame file is a stack of its own: two cine loops of one series must not be interleaved
  const stackKey = instance.frames > 1 ? `:${instance.uid ?? file.foundAs}` : ''
  return {
    instanceKey: instance.uid ? `sop:${instance.uid}` : identity(file),
    subject: {
      kind: 'patient',
      key: subject.id ? `patient:${subject.id}` : `patient-of:${studyKey}`,
      label: subject.id || readableName(subject.name) || study.id || basename(folder),
      name: readableName(subject.name),
      sex: subject.sex,
      birthDate: subject.birthDate,
    },
    study: {
      kind: 'examination',
      key: studyKey,
      uid: study.uid,
      date: study.date,
      time: study.time,
      description: study.description ?? '',
      accession: study.accession,
      phantom: file.phantom || (subject.id?.startsWith('PHANTOM') ?? false),
    },
    series: {
      key: `${studyKey}/${seriesKey}${stackKey}`,
      uid: series.uid,
      geometry: {
        rows: instance.rows,
        columns: instance.columns,
        orientation: header.geometry[0]?.orientation ?? null,
      },
      folder: null,
    },
  }
}

/**
 * Where a file belongs that has the identifier of another object and other bytes: in a stack with its neighbours
 * of the same folder, so that a series that was compressed anew stands complete beside the first.
 * @param taken keys of the series that hold a version of the object already.
 */
export function placeOfVersion(
  place: Place,
  sha256: string,
  file: FileFacts,
  taken: readonly string[],
): Place {
  const ofFolder = `${place.series.key}#${dirname(file.foundAs)}`
  let key = ofFolder
  for (let copy = 2; taken.includes(key); copy += 1) key = `${ofFolder}#${copy}`
  const folder = basename(dirname(file.shownPath))
  return {
    ...place,
    instanceKey: versionKey(place.instanceKey, sha256),
    series: { ...place.series, key, folder },
  }
}

const versionKey = (instanceKey: string, sha256: string) => `${instanceKey}#${sha256}`

function placeOfVolume(header: InstanceHeader, file: FileFacts): Place {
  const name = basename(file.shownPath).replace(/\.nii(\.gz)?$/i, '')
  const key = `volume:${identity(file)}`
  return {
    instanceKey: identity(file),
    subject: { kind: 'patient', key, label: name, name: null, sex: null, birthDate: null },
    study: {
      kind: 'examination',
      key,
      uid: null,
      date: header.study.date,
      time: header.study.time,
      description: header.study.description ?? '',
      accession: null,
      phantom: file.phantom,
    },
    series: { key, uid: null, geometry: null, folder: null },
  }
}

function placeOfPhotograph(header: InstanceHeader, file: FileFacts): Place {
  const folder = dirname(file.shownPath)
  const key = `folder:${dirname(file.foundAs)}`
  const date = header.study.date ?? new Date(file.modifiedMs).toISOString().slice(0, 10)
  return {
    instanceKey: identity(file),
    subject: {
      kind: 'store',
      key,
      label: folderName(folder) || date,
      name: null,
      sex: null,
      birthDate: null,
    },
    study: {
      kind: 'audit',
      key,
      uid: null,
      date,
      time: header.study.time,
      description: header.study.description ?? '',
      accession: null,
      phantom: file.phantom,
    },
    series: { key, uid: null, geometry: null, folder: null },
  }
}

const identity = (file: FileFacts) => (file.sha256 ? `sha256:${file.sha256}` : `path:${file.foundAs}`)

const folderName = (folder: string) => (folder === '.' ? '' : basename(folder).replace(/!$/, ''))

/** `Doe^Jane^^Dr` as `Doe Jane Dr`; ideographic and phonetic groups (`=`) are kept. */
const readableName = (name: string | null) => name?.replace(/[\^=\s]+/g, ' ').trim() || null

/** Whether a slice lies in the same stack: same size, same direction within half a degree. */
export function sameStack(left: StackGeometry, right: StackGeometry): boolean {
  if (left.rows !== right.rows || left.columns !== right.columns) return false
  if (!left.orientation || !right.orientation) return left.orientation === right.orientation
  const others = right.orientation
  return left.orientation.every((cosine, index) => Math.abs(cosine - (others[index] ?? 2)) < 0.01)
}
