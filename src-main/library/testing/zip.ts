import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipMember {
  name: string
  bytes: Buffer
  /** Sizes and flags to lie about. */
  claimed?: { uncompressedSize?: number; crc?: number; flags?: number; attributes?: number }
}

/** A ZIP archive in memory, as honest as its members. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, claimed = {} } of members) {
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE((claimed.flags ?? 0) | 0x800, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(claimed.crc ?? crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(claimed.uncompressedSize ?? bytes.length, 18)
    shared.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, title, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(claimed.attributes ?? 0, 6)
    rest.writeUInt32LE(offset, 10)
    const entry = [Buffer.from('PK\x01\x02', 'latin1'), uint16(20), shared, rest, title]
    locals.push(local)
    directory.push(Buffer.concat(entry))
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, entries, end])
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}
