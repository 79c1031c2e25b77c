/// <reference path="../../../dcmjs.d.ts" />
import { contentUid } from '../../content-id'
import type { Attributes } from './attributes'

const explicitLittleEndian = '1.2.840.10008.1.2.1'

export interface PixelBytes {
  /** Padded here to an even length. */
  bytes: Uint8Array
}

/**
 * A DICOM file (PS3.10): explicit VR little endian, text in UTF-8, sequences sorted by tag as the standard asks for.
 * SOPClassUID and SOPInstanceUID are taken from the attributes.
 */
export async function writeObject(attributes: Attributes, pixels?: PixelBytes): Promise<Uint8Array> {
  const { data } = await import('dcmjs')
  const { denaturalizeDataset } = data.DicomMetaDictionary
  const meta = {
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: String(attributes.SOPClassUID),
    MediaStorageSOPInstanceUID: String(attributes.SOPInstanceUID),
    TransferSyntaxUID: explicitLittleEndian,
    ImplementationClassUID: contentUid('implementation'),
    ImplementationVersionName: 'LEPTON_STUDIO',
  }
  const file = new data.DicomDict(denaturalizeDataset(meta))
  file.dict = denaturalizeDataset({
    SpecificCharacterSet: 'ISO_IR 192',
    ...attributes,
    ...(pixels ? { PixelData: evenBuffer(pixels.bytes), _vrMap: { PixelData: 'OB' } } : {}),
  })
  return new Uint8Array(file.write())
}

function evenBuffer(bytes: Uint8Array): ArrayBuffer {
  const even = new Uint8Array(bytes.length + (bytes.length % 2))
  even.set(bytes)
  return even.buffer
}
