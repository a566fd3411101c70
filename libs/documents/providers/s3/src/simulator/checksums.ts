import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Something that is fed bytes and then says what they add up to. */
export interface Checksum { update(bytes: Uint8Array): unknown; digest(): string }

/** The checksums that S3 knows, by the ends of their headers' names. */
export const CHECKSUMS = ['sha256', 'sha1', 'crc32', 'crc32c', 'crc64nvme'] as const;
export type ChecksumName = (typeof CHECKSUMS)[number];

export function checksumOf(name: ChecksumName): Checksum {
  switch (name) {
    case 'sha256': case 'sha1': {
      const hash = createHash(name);
      return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('base64') };
    }
    case 'crc32': {
      let crc = 0;
      return { update: (bytes) => { crc = crc32(bytes, crc); }, digest: () => base64Of(crc) };
    }
    case 'crc32c': return new ReflectedCrc(0x82f6_3b78n, 4);
    case 'crc64nvme': return new ReflectedCrc(0x9a6c_9329_ac4b_c9b5n, 8);
  }
}

/** A cyclic redundancy check that begins and ends with all bits turned, worked out with a table, in two halves of 32 bits. */
class ReflectedCrc implements Checksum {
  readonly #lows = new Uint32Array(256);
  readonly #highs = new Uint32Array(256);
  #low = 0xffff_ffff;
  #high: number;

  constructor(polynomial: bigint, private readonly widthInBytes: 4 | 8) {
    this.#high = widthInBytes === 8 ? 0xffff_ffff : 0;
    for (let byte = 0; byte < 256; byte++) {
      let entry = BigInt(byte);
      for (let bit = 0; bit < 8; bit++) entry = entry & 1n ? (entry >> 1n) ^ polynomial : entry >> 1n;
      this.#lows[byte] = Number(entry & 0xffff_ffffn);
      this.#highs[byte] = Number(entry >> 32n);
    }
  }
  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (const byte of bytes) {
      const at = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (this.#lows[at] ?? 0);
      high = (high >>> 8) ^ (this.#highs[at] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }
  digest(): string {
    const low = ~this.#low >>> 0;
    return this.widthInBytes === 4 ? base64Of(low) : Buffer.concat([bytesOf(~this.#high >>> 0), bytesOf(low)]).toString('base64');
  }
}

function bytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number >>> 0);
  return bytes;
}
function base64Of(number: number): string { return bytesOf(number).toString('base64'); }
