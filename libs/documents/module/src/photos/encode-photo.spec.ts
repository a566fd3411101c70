import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { TemporaryFiles } from '@guildhall/kernel';
import { atRest } from '@guildhall/kernel-contract';
import { RecordedLog } from '@guildhall/kernel-contract/testing';
import type { DocumentType } from '@guildhall/documents-contract';
import { DOCUMENT_LIMITS } from '@guildhall/documents-contract';
import { plainPng } from '@guildhall/documents-contract/testing';
import { EncodePhoto } from './encode-photo';

let folder: string;
let files: TemporaryFiles;
let photos: EncodePhoto;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'photos-'));
  files = new TemporaryFiles(folder, 100_000_000, new RecordedLog());
  photos = new EncodePhoto(files);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface PhotoInHand { readonly whole: Buffer; readonly thumbnail: Buffer; readonly width: number; readonly height: number }
async function encoded(bytes: Buffer, type: DocumentType): Promise<PhotoInHand> {
  const outcome = await photos.encode(atRest(bytes), type, DOCUMENT_LIMITS);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  const [whole, thumbnail] = await Promise.all([outcome.value.whole, outcome.value.thumbnail].map(async (file) => {
    const read = Buffer.concat((await file.read().toArray()) as Uint8Array[]);
    await file.discard();
    return read;
  }));
  return { ...outcome.value, whole: whole as Buffer, thumbnail: thumbnail as Buffer };
}
/** Red on the left, blue on the right. */
function halves(width: number, height: number): sharp.Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([{ input: { create: { width: Math.floor(width / 2), height, channels: 3, background: '#0000ff' } }, left: Math.ceil(width / 2), top: 0 }]);
}
async function colourAt(bytes: Buffer, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const [red = 0, green = 0, blue = 0] = data.subarray((y * info.width + x) * info.channels);
  return red > 180 && green < 90 && blue < 90 ? 'red' : blue > 180 && red < 90 ? 'blue' : red > 230 && green > 230 && blue > 230 ? 'white' : `${red},${green},${blue}`;
}

describe('a photo', () => {
  it('stands upright, however the camera was held', async () => {
    const sideways = await halves(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { whole, width, height } = await encoded(sideways, 'image/jpeg');
    expect([width, height]).toEqual([200, 400]);
    expect([await colourAt(whole, 100, 50), await colourAt(whole, 100, 350)]).toEqual(['red', 'blue']);
    expect((await sharp(whole).metadata()).orientation).toBeUndefined();
  });
  it.each([
    ['PNG with nothing behind it', 'image/png', () => sharp({ create: { width: 50, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } }).png().toBuffer(), 'white'],
    ['16-bit PNG', 'image/png', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#ff0000' } }).toColourspace('rgb16').png().toBuffer(), 'red'],
    ['CMYK JPEG', 'image/jpeg', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#ff0000' } }).toColourspace('cmyk').jpeg().toBuffer(), 'red'],
    ['grey JPEG', 'image/jpeg', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#ffffff' } }).toColourspace('b-w').jpeg().toBuffer(), 'white'],
    ['WebP', 'image/webp', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#0000ff' } }).webp().toBuffer(), 'blue'],
    ['GIF', 'image/gif', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#0000ff' } }).gif().toBuffer(), 'blue'],
    ['TIFF', 'image/tiff', () => sharp({ create: { width: 50, height: 40, channels: 3, background: '#ff0000' } }).tiff().toBuffer(), 'red'],
    ['AVIF', 'image/avif', () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#ff0000' } }).avif().toBuffer(), 'red'],
  ] as const)('may come as %s', async (_, type, make, colour) => {
    const { whole, thumbnail } = await encoded(await make(), type);
    expect([whole, thumbnail].map((bytes) => bytes.subarray(0, 3).toString('hex'))).toEqual(['ffd8ff', 'ffd8ff']);
    expect(await colourAt(whole, 20, 20)).toBe(colour);
    const { exif, icc, xmp, space } = await sharp(whole).metadata();
    expect([exif, icc, xmp, space]).toEqual([undefined, undefined, undefined, 'srgb']);
  });
  it('is its first picture when it moves', async () => {
    const frames = await Promise.all(['#ff0000', '#0000ff'].map((background) => sharp({ create: { width: 40, height: 40, channels: 3, background } }).png().toBuffer()));
    const { whole, height } = await encoded(await sharp(frames, { join: { animated: true } }).gif().toBuffer(), 'image/gif');
    expect([height, await colourAt(whole, 20, 20)]).toEqual([40, 'red']);
  });
  it('that says it is one type and is another is unreadable', async () => {
    expect(await photos.encode(atRest(plainPng(10, 10)), 'image/jpeg', DOCUMENT_LIMITS)).toMatchObject({ ok: false, refusal: { reason: 'unreadable' } });
  });
  it('of a good telephone (12 megapixels) takes less than two seconds of the processor, and becomes small', async () => {
    const noise = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 20 } } }).blur(2).jpeg({ quality: 92 }).toBuffer();
    const began = process.cpuUsage();
    const { whole, thumbnail, width } = await encoded(noise, 'image/jpeg');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(2);
    expect(width).toBe(2_000);
    expect(whole.byteLength).toBeLessThan(1_000_000);
    expect(thumbnail.byteLength).toBeLessThan(40_000);
  }, 60_000);
  it('waits its turn: many at once are all done, two by two', async () => {
    const bytes = await halves(300, 200).png().toBuffer();
    const all = await Promise.all(Array.from({ length: 12 }, () => encoded(bytes, 'image/png')));
    expect(new Set(all.map(({ whole }) => whole.toString('base64'))).size).toBe(1);
  });
  it('that finds no room when it is encoded leaves nothing, and is not called damaged', async () => {
    const crowded = new TemporaryFiles(folder, 500, new RecordedLog());
    await expect(new EncodePhoto(crowded).encode(atRest(await halves(300, 200).png().toBuffer()), 'image/png', DOCUMENT_LIMITS)).rejects.toMatchObject({ code: 'unavailable' });
    expect(crowded.heldInBytes).toBe(0);
  });
  it('lets go of all that it put down', () => expect(files.heldInBytes).toBe(0));
});
