/** Names of SOP classes that hold no picture of their own (PS3.6, table A-1), by UID below 1.2.840.10008. */
const names: Record<string, string> = {
  '1.3.10': 'DICOMDIR (Media Storage Directory)',
  '5.1.4.1.1.9.1.1': '12-lead ECG',
  '5.1.4.1.1.9.1.2': 'General ECG',
  '5.1.4.1.1.9.1.3': 'Ambulatory ECG',
  '5.1.4.1.1.9.2.1': 'Hemodynamic Waveform',
  '5.1.4.1.1.9.3.1': 'Cardiac Electrophysiology Waveform',
  '5.1.4.1.1.9.4.1': 'Basic Voice Audio Waveform',
  '5.1.4.1.1.11.1': 'Grayscale Softcopy Presentation State',
  '5.1.4.1.1.11.2': 'Color Softcopy Presentation State',
  '5.1.4.1.1.11.3': 'Pseudo-Color Softcopy Presentation State',
  '5.1.4.1.1.11.4': 'Blending Softcopy Presentation State',
  '5.1.4.1.1.66': 'Raw Data',
  '5.1.4.1.1.66.1': 'Spatial Registration',
  '5.1.4.1.1.66.2': 'Spatial Fiducials',
  '5.1.4.1.1.66.3': 'Deformable Spatial Registration',
  '5.1.4.1.1.66.5': 'Surface Segmentation',
  '5.1.4.1.1.67': 'Real World Value Mapping',
  '5.1.4.1.1.88.11': 'Basic Text Structured Report',
  '5.1.4.1.1.88.22': 'Enhanced Structured Report',
  '5.1.4.1.1.88.33': 'Comprehensive Structured Report',
  '5.1.4.1.1.88.34': 'Comprehensive 3D Structured Report',
  '5.1.4.1.1.88.35': 'Extensible Structured Report',
  '5.1.4.1.1.88.40': 'Procedure Log',
  '5.1.4.1.1.88.50': 'Mammography CAD Structured Report',
  '5.1.4.1.1.88.59': 'Key Object Selection Document',
  '5.1.4.1.1.88.65': 'Chest CAD Structured Report',
  '5.1.4.1.1.88.67': 'X-Ray Radiation Dose Structured Report',
  '5.1.4.1.1.88.68': 'Radiopharmaceutical Radiation Dose Structured Report',
  '5.1.4.1.1.88.69': 'Colon CAD Structured Report',
  '5.1.4.1.1.104.1': 'Encapsulated PDF',
  '5.1.4.1.1.104.2': 'Encapsulated CDA',
  '5.1.4.1.1.104.3': 'Encapsulated STL',
  '5.1.4.1.1.481.3': 'RT Structure Set',
  '5.1.4.1.1.481.4': 'RT Beams Treatment Record',
  '5.1.4.1.1.481.5': 'RT Plan',
  '5.1.4.1.1.481.6': 'RT Brachy Treatment Record',
  '5.1.4.1.1.481.7': 'RT Treatment Summary Record',
  '5.1.4.1.1.481.8': 'RT Ion Plan',
  '5.1.4.1.1.481.9': 'RT Ion Beams Treatment Record',
  '5.1.4.1.1.88.71': 'Acquisition Context Structured Report',
  '5.1.4.39.1': 'Color Palette',
  '5.1.4.43.1': 'Generic Implant Template',
}

/** Words for an object without pixel data, from its SOP class, else its modality. */
export function objectName(sopClass: string | null, modality: string | null): string {
  const name = names[sopClass?.replace(/^1\.2\.840\.10008\./, '') ?? '']
  if (name !== undefined) return name
  const kind = modality === null ? 'a DICOM object' : `a DICOM object of modality ${modality}`
  return `${kind} without pixel data${sopClass === null ? '' : ` (SOP class ${sopClass})`}`
}
