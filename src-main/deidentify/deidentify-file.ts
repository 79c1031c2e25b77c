import { openFile } from '#main/imaging/byte-source'
import { SNIFF_LENGTH, sniff } from '#main/imaging/sniff'
import { deidentifyDicom } from './dicom/deidentify-dicom'
import { deidentifyPlain } from './plain/deidentify-plain'
import { writingTo } from './sink'
import type { Deidentified, DeidentifyTask } from './types'

/** Writes a file anew without identities. Throws a LeptonError that says what is in the way; no file is left then. */
export async function deidentifyFile(task: DeidentifyTask): Promise<Deidentified> {
  const { source } = openFile(task.path, { whole: true })
  try {
    const format = sniff(source.read(0, SNIFF_LENGTH))
    return await writingTo(task.target, async (sink) =>
      format === 'dicom' ? deidentifyDicom(source, task, sink) : deidentifyPlain(source, format, task, sink),
    )
  } finally {
    source.close()
  }
}
