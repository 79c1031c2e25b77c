import { type Code, dcm, sct } from '../object/codes'

/** Body parts of PS3.16, annex L, that finding sites are given for, by Body Part Examined. */
const sites: Readonly<Record<string, [value: string, meaning: string]>> = {
  ABDOMEN: ['818981001', 'Abdomen'],
  ANKLE: ['70258002', 'Ankle joint'],
  BRAIN: ['12738006', 'Brain'],
  BREAST: ['76752008', 'Breast'],
  CHEST: ['43799004', 'Chest'],
  EXTREMITY: ['66019005', 'Extremity'],
  FOOT: ['56459004', 'Foot'],
  HAND: ['85562004', 'Hand'],
  HEAD: ['69536005', 'Head'],
  HIP: ['29836001', 'Hip'],
  KNEE: ['72696002', 'Knee'],
  LEG: ['30021000', 'Lower leg'],
  LIVER: ['10200004', 'Liver'],
  LUNG: ['39607008', 'Lung'],
  NECK: ['45048000', 'Neck'],
  PELVIS: ['816092008', 'Pelvis'],
  PROSTATE: ['41216001', 'Prostate'],
  SHOULDER: ['16982005', 'Shoulder'],
  SPINE: ['421060004', 'Spine'],
  THIGH: ['68367000', 'Thigh'],
}

/** The site that a series shows; null where its header does not say it in a known term. */
export function siteOf(bodyPart: string | null): Code | null {
  const site = sites[bodyPart?.toUpperCase() ?? '']
  return site ? sct(...site) : null
}

/** Kinds of images (PS3.16, CID 29). */
const modalities: Readonly<Record<string, string>> = {
  CR: 'Computed Radiography',
  CT: 'Computed Tomography',
  DX: 'Digital Radiography',
  ES: 'Endoscopy',
  MG: 'Mammography',
  MR: 'Magnetic Resonance',
  NM: 'Nuclear Medicine',
  PT: 'Positron emission tomography',
  RF: 'Radiofluoroscopy',
  US: 'Ultrasound',
  XA: 'X-Ray Angiography',
  XC: 'External-camera Photography',
}

export function modalityOf(modality: string): Code {
  const meaning = modalities[modality]
  return meaning === undefined ? dcm('OT', 'Other') : dcm(modality, meaning)
}

/** Where no procedure code came with the images. */
const anyProcedure = sct('363679005', 'Imaging procedure')

/** What was done, as the images say it: the code of the procedure, else that something was imaged. */
export function procedureOf(codes: readonly (Code | null)[]): Code {
  return codes.find((one) => one !== null) ?? anyProcedure
}
