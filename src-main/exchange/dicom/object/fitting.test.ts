import { expect, it } from 'vitest'
import { memorySource } from '#main/imaging/byte-source'
import { parseObject } from '#main/imaging/dicom/parse'
import { dicomBytes, type Part } from '#main/imaging/testing/dicom-file'
import { fitting } from './fitting'
import { writeObject } from './write'

const fitted = (vr: Parameters<typeof fitting>[2], value: string) => {
  const parts: Part[] = [[0x00100020, 'LO', value]]
  return fitting(parseObject(memorySource(dicomBytes(parts))).dataset, 0x00100020, vr)
}

it('cuts texts to their length and leaves out what is no date, code or number', () => {
  expect(fitted('SH', 'IBSI_1_STS_002_MR_T1')).toBe('IBSI_1_STS_002_M')
  expect(fitted('DA', '00000000')).toBe('')
  expect(fitted('DA', '20240229')).toBe('20240229')
  expect(fitted('TM', '99')).toBe('')
  expect(fitted('CS', 'thigh left')).toBe('')
  expect(fitted('DS', 'heavy')).toBe('')
  expect(fitted('PN', 'Doe^Jane==')).toBe('Doe^Jane')
})

it('writes names of any script', async () => {
  const bytes = await writeObject({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
    SOPInstanceUID: '1.2.3',
    PatientName: 'Wang^XiaoDong=王^小东',
    StudyDescription: '大腿 Oberschenkel für später',
  })
  const { dataset } = parseObject(memorySource(bytes))
  expect(dataset.text(0x00100010)).toBe('Wang^XiaoDong=王^小东')
  expect(dataset.text(0x00081030)).toBe('大腿 Oberschenkel für später')
})
