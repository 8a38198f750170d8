import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: string | Uint8Array;
  /** What the archive says about the entry, when it lies. */
  claims?: { uncompressedSize?: number; compressedSize?: number };
  isEncrypted?: boolean;
  isStored?: boolean;
}

const deflated = 8;
const encryptedFlag = 1;

/** A ZIP archive of the entries, honest unless an entry claims otherwise. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { header, data } = packed(entry);
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), header, Buffer.alloc(2), name, data]);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    central.writeUInt16LE(20, 4);
    header.copy(central, 6);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local);
    centrals.push(central, name);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The part of the header that both places share: version, flags, method, time, checksum and sizes, length of the name. */
function packed({ content, claims = {}, isEncrypted = false, isStored = false }: ZipEntry): {
  header: Buffer;
  data: Buffer;
} {
  const plain = Buffer.from(content);
  const data = isStored ? plain : deflateRawSync(plain);
  const header = Buffer.alloc(24);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(isEncrypted ? encryptedFlag : 0, 2);
  header.writeUInt16LE(isStored ? 0 : deflated, 4);
  header.writeUInt32LE(crc32(plain), 10);
  header.writeUInt32LE(claims.compressedSize ?? data.length, 14);
  header.writeUInt32LE(claims.uncompressedSize ?? plain.length, 18);
  return { header, data };
}
