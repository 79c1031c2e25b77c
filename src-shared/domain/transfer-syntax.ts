const PREFIX = '1.2.840.10008.1.2'

/** Names of transfer syntaxes by the end of their UIDs (PS3.6, table A-1), shortened. */
const names: Record<string, string> = {
  '': 'Implicit VR Little Endian',
  '.1': 'Explicit VR Little Endian',
  '.1.98': 'Encapsulated Uncompressed',
  '.1.99': 'Deflated Explicit VR Little Endian',
  '.2': 'Explicit VR Big Endian',
  '.4.50': 'JPEG Baseline (Process 1)',
  '.4.51': 'JPEG Extended (Process 2 and 4)',
  '.4.53': 'JPEG Spectral Selection (Process 6 and 8)',
  '.4.55': 'JPEG Full Progression (Process 10 and 12)',
  '.4.57': 'JPEG Lossless (Process 14)',
  '.4.70': 'JPEG Lossless, First-Order Prediction (SV1)',
  '.4.80': 'JPEG-LS Lossless',
  '.4.81': 'JPEG-LS Near-Lossless',
  '.4.90': 'JPEG 2000 Lossless',
  '.4.91': 'JPEG 2000',
  '.4.92': 'JPEG 2000 Part 2 Lossless',
  '.4.93': 'JPEG 2000 Part 2',
  '.4.110': 'JPEG XL Lossless',
  '.4.111': 'JPEG XL Recompression',
  '.4.112': 'JPEG XL',
  '.4.201': 'High-Throughput JPEG 2000 Lossless',
  '.4.202': 'High-Throughput JPEG 2000 RPCL Lossless',
  '.4.203': 'High-Throughput JPEG 2000',
  '.5': 'RLE Lossless',
  '.8.1': 'Deflated Image Frame',
}

/** The name of a transfer syntax; of an unknown one its UID. */
export function transferSyntaxName(uid: string): string {
  return (uid.startsWith(PREFIX) ? names[uid.slice(PREFIX.length)] : undefined) ?? uid
}
