import { gzipSync } from 'node:zlib';
import { Header, Pax, type HeaderData } from 'tar';

/** A file in a tarball, or whatever else somebody writes into one. */
export type Packed = HeaderData & { readonly path: string; readonly content?: Buffer | string };

const BLOCK = 512;
const padding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** A tar as no honest program writes one, too. The same bytes for the same files. */
export function tarOf(files: readonly Packed[]): Buffer {
  return Buffer.concat([...files.flatMap(({ content = '', ...data }) => {
    const bytes = Buffer.from(content as string);
    const header = new Header({ type: 'File', mode: 0o644, mtime: new Date('1985-10-26T08:15:00Z'), ...data, size: bytes.byteLength });
    header.encode();
    return [...(header.needPax ? [new Pax({ path: data.path }).encode()] : []), header.block ?? Buffer.alloc(0), bytes, padding(bytes.byteLength)];
  }), Buffer.alloc(2 * BLOCK)]);
}
export function packed(files: readonly Packed[]): Buffer { return gzipSync(tarOf(files)); }
