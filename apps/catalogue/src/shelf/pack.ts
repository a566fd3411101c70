import { gzipSync } from 'node:zlib';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import { Header, Pax } from 'tar';

const BLOCK = 512;

/** A package as npm packs it: the same files give the same bytes. */
export function pack(files: PackageFiles): Buffer {
  return gzipSync(Buffer.concat([...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, content]) => {
    const path = `package/${name}`;
    const header = new Header({ path, type: 'File', mode: 0o644, mtime: new Date(0), size: content.byteLength });
    header.encode();
    return [...(header.needPax ? [new Pax({ path }).encode()] : []), header.block ?? Buffer.alloc(0), content, Buffer.alloc((BLOCK - (content.byteLength % BLOCK)) % BLOCK)];
  }), Buffer.alloc(2 * BLOCK)]));
}
