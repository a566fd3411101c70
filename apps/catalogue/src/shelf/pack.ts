import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import { pack as startTar } from 'tar-stream';

/** A package as npm packs it: the same files give the same bytes. */
export async function pack(files: PackageFiles): Promise<Buffer> {
  const tar = startTar();
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) tar.entry({ name: `package/${path}`, mode: 0o644, mtime: new Date(0) }, Buffer.from(content));
  tar.finalize();
  return gzipSync(await buffer(tar));
}
