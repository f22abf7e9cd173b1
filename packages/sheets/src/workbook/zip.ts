import { Inflate, zipSync } from 'fflate';
import { MAX_UNPACKED_BYTES } from '../limits';
import { SheetError } from '../sheet-error';

/** One file in a zip container (PKWARE APPNOTE 6.3, section 4.3.12). */
export interface ZipEntry {
  name: string;
  encrypted: boolean;
  method: number;
  packedSize: number;
  offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const SLICE = 64 * 1024;
const DAMAGED =
  'The file is damaged and cannot be opened. Save it again in your spreadsheet program, then retry.';

/**
 * Files named by the container's central directory.
 * @throws SheetError `corrupt`
 */
export function listZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return guarded(() => {
    let end = bytes.length - 22;
    const lowest = Math.max(0, bytes.length - 22 - 0xffff);
    while (end >= lowest && view.getUint32(end, true) !== END_OF_DIRECTORY) end--;
    if (end < lowest) throw new Error('no end of central directory');
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    const entries: ZipEntry[] = [];
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Error('bad central directory');
      const nameLength = view.getUint16(at + 28, true);
      const extraLength = view.getUint16(at + 30, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      entries.push({
        name: name.replaceAll('\\', '/'),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        ...zip64Sizes(view, at, at + 46 + nameLength, extraLength),
      });
      at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    }
    return entries;
  });
}

/** Size and offset, from the zip64 extra field where the 32-bit ones say so (section 4.5.3). */
function zip64Sizes(view: DataView, at: number, extra: number, extraLength: number) {
  const unpacked = view.getUint32(at + 24, true);
  const sizes = { packedSize: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) };
  for (let p = extra; p + 4 <= extra + extraLength; p += 4 + view.getUint16(p + 2, true)) {
    if (view.getUint16(p, true) !== 1) continue;
    let field = p + 4;
    const next = () => {
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    };
    if (unpacked === 0xffffffff) next();
    if (sizes.packedSize === 0xffffffff) sizes.packedSize = next();
    if (sizes.offset === 0xffffffff) sizes.offset = next();
  }
  return sizes;
}

/** Unpacks containers while counting what really comes out: the sizes a zip declares may be lies. */
export class Unzipper {
  #unpacked = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** @throws SheetError `file-too-large`, `corrupt` */
  unpack(entry: ZipEntry): Uint8Array {
    const { bytes } = this;
    return guarded(() => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (view.getUint32(entry.offset, true) !== LOCAL_ENTRY) throw new Error('bad local header');
      const start =
        entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
      const packed = bytes.subarray(start, start + entry.packedSize);
      if (packed.length !== entry.packedSize) throw new Error('cut off');
      if (entry.method === 8) return this.#inflate(packed);
      if (entry.method !== 0) throw new Error(`unknown compression ${entry.method}`);
      this.#count(packed.length);
      return packed;
    });
  }

  #inflate(packed: Uint8Array): Uint8Array {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const inflate = new Inflate((chunk) => {
      this.#count(chunk.length);
      size += chunk.length;
      chunks.push(chunk);
    });
    for (let at = 0; at < packed.length; at += SLICE) {
      inflate.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  #count(size: number): void {
    this.#unpacked += size;
    if (this.#unpacked > MAX_UNPACKED_BYTES) {
      throw new SheetError(
        'file-too-large',
        `The workbook unpacks to more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB. Save only the sheet with the leads, best as CSV, and try again.`,
      );
    }
  }
}

/** Puts already unpacked files into a container again, uncompressed. */
export function storeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 0 });
}

function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SheetError) throw cause;
    throw new SheetError('corrupt', DAMAGED, { cause });
  }
}
