import { gzipSync } from 'node:zlib';
import { packed, tarOf, type Packed } from '../../test/tarball';
import { MOST_FILES, MOST_UNPACKED_BYTES } from './limits';
import { unpackPackage } from './unpack-package';

const said = async (bytes: Uint8Array): Promise<string> => {
  const unpacked = await unpackPackage(bytes);
  return unpacked.ok ? [...unpacked.value.keys()].join(' ') : unpacked.refusal.message;
};
const json = { path: 'package/package.json', content: '{}' };

describe('a package', () => {
  it('is unpacked with its files below its folder, and only what is read is kept', async () => {
    const unpacked = await unpackPackage(packed([{ path: 'package/', type: 'Directory' }, json, { path: 'package/dist/index.js', content: 'nothing()' }, { path: 'package/README.md', content: '# Parking' }]));
    expect(unpacked.ok && [...unpacked.value].map(([path, { byteLength }]) => [path, byteLength])).toEqual([['package.json', 2], ['dist/index.js', 9], ['README.md', 9]]);
    expect(unpacked.ok && [...unpacked.value.values()].map((file) => file instanceof Uint8Array)).toEqual([true, false, true]);
  });
  it.each<readonly [string, readonly Packed[], RegExp]>([
    ['a path that leads out', [json, { path: 'package/../../etc/passwd' }], /outside the package/], ['an absolute path', [{ path: '/etc/passwd' }], /outside the package/], ['another folder', [{ path: 'parking/package.json' }], /outside the package/],
    ['an empty part of a path', [{ path: 'package//package.json' }], /outside the package/], ['a backslash', [{ path: 'package/..\\..\\package.json' }], /not every system/], ['a stream of a file’s', [{ path: 'package/a.js:hidden' }], /not every system/],
    ['a name that ends in a dot', [{ path: 'package/package.json.' }], /not every system/],
    ['a symbolic link', [{ path: 'package/out', type: 'SymbolicLink', linkpath: '/etc' }], /no links/], ['a hard link', [{ path: 'package/out', type: 'Link', linkpath: 'package/package.json' }], /no links/], ['a device', [{ path: 'package/out', type: 'CharacterDevice' }], /no devices/],
    ['something of a kind that nobody knows', [json, { path: 'package/odd', type: 'GNUDumpDir' }], /is no file/], ['a file twice', [json, json], /twice/], ['a file once more in capitals', [json, { path: 'package/PACKAGE.json' }], /twice/], ['another package in it', [json, { path: 'package/node_modules/other/index.js' }], /brings another package/],
    ['a path that is too long', [{ path: `package/${'a'.repeat(201)}` }], /too long/], ['a path that is too deep', [{ path: `package/${'a/'.repeat(15)}b` }], /too deep/],
    ['too many files', [...Array(MOST_FILES + 1).keys()].map((number) => ({ path: `package/${number}.js` })), /more than 5000 files/],
    ['a file that is too large', [{ path: 'package/large.bin', content: Buffer.alloc(21 * 1024 * 1024) }], /larger than 20 MB/],
  ])('with %s is not unpacked', async (_what, files, sentence) => { expect(await said(packed(files))).toMatch(sentence); });
  it('that grows without an end is let go of', async () => {
    expect(await said(packed([...Array(4).keys()].map((number) => ({ path: `package/${number}.bin`, content: Buffer.alloc(MOST_UNPACKED_BYTES / 3.5) }))))).toMatch(/larger than 60 MB/);
    expect(await said(gzipSync(Buffer.alloc(MOST_UNPACKED_BYTES * 2)))).toMatch(/cannot be unpacked/);
  });
  it('ends where npm sees its end', async () => {
    expect(await said(gzipSync(Buffer.concat([tarOf([json]), Buffer.alloc(MOST_UNPACKED_BYTES * 2), tarOf([{ path: 'package/late.js' }])])))).toBe('package.json');
  });
  it.each<readonly [string, () => Uint8Array]>([
    ['nothing', () => Buffer.alloc(0)], ['something else', () => Buffer.from('<html>')], ['a tar that is cut', () => gzipSync(tarOf([{ path: 'package/a.js', content: 'a'.repeat(2000) }]).subarray(0, 1000))], ['a gzip that is cut', () => packed([{ path: 'package/a.js', content: [...Array(5000).keys()].join() }]).subarray(0, 300)], ['what is no tar', () => gzipSync('nothing at all'.repeat(100))], ['packed twice', () => gzipSync(packed([json]))], ['without a file', () => gzipSync(Buffer.alloc(1024))],
  ])('that is %s cannot be unpacked', async (_what, bytes) => { expect(await said(bytes())).toMatch(/cannot be unpacked/); });
});
