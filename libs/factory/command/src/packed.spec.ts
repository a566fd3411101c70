import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { packedFiles } from './packed';

interface Entry { readonly path: string; readonly content?: string; /** Where it is not what is there. */ readonly size?: number; readonly type?: 'File' | 'Directory' | 'SymbolicLink'; readonly linkpath?: string }
function entry({ path, content = '', size = Buffer.byteLength(content), type = 'File', linkpath }: Entry): Buffer {
  const block = Buffer.alloc(512);
  new Header({ path, size, type, mode: 0o644, mtime: new Date(0), ...(linkpath !== undefined && { linkpath }) }).encode(block, 0);
  return Buffer.concat([block, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)]);
}
const END = Buffer.alloc(1024);
const JSON_FILE = entry({ path: 'package/package.json', content: '{}' });
/** So many zeros, in a file that is a thousandth of it. */
const zeros = (megabytes: number): Buffer => { const one = gzipSync(Buffer.alloc(1024 * 1024)); return Buffer.concat(Array.from({ length: megabytes }, () => one)); };
const said = (packed: Uint8Array): Promise<string> => packedFiles(packed, 'parking.tgz').then((files) => [...files.keys()].join(' '), (error: unknown) => (error as Error).message.replace('parking.tgz is no package as npm packs it (.tgz): ', ''));

describe('a packed package', () => {
  it('is read with its files below its folder, and to where npm sees its end', async () => {
    const packed = gzipSync(Buffer.concat([entry({ path: 'package/', type: 'Directory' }), JSON_FILE, entry({ path: 'package/dist/a.js', content: 'a'.repeat(70_000) }), entry({ path: 'package/out', type: 'SymbolicLink', linkpath: '/etc' }), END]));
    const files = await packedFiles(Buffer.concat([packed, zeros(250), gzipSync(entry({ path: 'package/late.js' }))]), 'parking.tgz');
    expect([...files].map(([path, { byteLength }]) => [path, byteLength])).toEqual([['package.json', 2], ['dist/a.js', 70_000]]);
  });
  it.each<readonly [string, () => Uint8Array, string]>([
    ['a file of it never ends', () => Buffer.concat([gzipSync(entry({ path: 'package/large.bin', size: 4 * 1024 ** 3 })), zeros(201)]), 'too large.'],
    ['it is large already', () => Buffer.alloc(50 * 1024 * 1024 + 1), 'too large.'],
    ['there is too much in it, if always under the same name', () => gzipSync(Buffer.concat([...Array.from({ length: 20_001 }, () => JSON_FILE), END])), 'too many files.'],
    ['there is another one in it', () => gzipSync(gzipSync(Buffer.concat([JSON_FILE, END]))), 'it is packed twice.'],
    ['there is nothing in it', () => gzipSync(Buffer.concat([entry({ path: 'package/', type: 'Directory' }), END])), 'there is no file in it.'],
  ])('is let go of when %s', async (_when, packed, sentence) => { expect(await said(packed())).toBe(sentence); });
  it.each<readonly [string, () => Uint8Array]>([['is cut', () => gzipSync(Buffer.concat([JSON_FILE, entry({ path: 'package/a.js', content: 'a'.repeat(2000) }).subarray(0, 1000)]))], ['is none', () => Buffer.from('<html>')], ['is cut in its gzip', () => gzipSync(JSON_FILE).subarray(0, 40)]])('is none when it %s', async (_when, packed) => { await expect(packedFiles(packed(), 'parking.tgz')).rejects.toThrow('parking.tgz is no package as npm packs it'); });
});
