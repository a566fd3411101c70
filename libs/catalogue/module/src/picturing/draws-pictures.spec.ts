import sharp from 'sharp';
import { DrawsPictures } from './draws-pictures';

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#1d5e5e' } });
const draw = (file: Uint8Array) => new DrawsPictures().draw({ pictures: [{ path: 'screenshots/a.png', text: { en: 'A page.', cy: 'Tudalen.' } }] }, new Map([['screenshots/a.png', file]]));
const HIDDEN = '<script>alert("behind the picture")</script>';

describe('a picture of a package', () => {
  it('is encoded afresh, no wider than it is shown, and nothing else of it is handed on', async () => {
    const file = Buffer.concat([await picture(2000, 1000).withExif({ IFD0: { Copyright: HIDDEN } }).jpeg().toBuffer(), Buffer.from(HIDDEN)]);
    expect(file.includes(HIDDEN)).toBe(true);
    const drawn = await draw(file);
    if (!drawn.ok) throw new Error(drawn.refusal.message);
    const [{ bytes, width, height } = { bytes: Buffer.alloc(0), width: 0, height: 0 }] = drawn.value;
    expect([width, height, bytes.includes(HIDDEN), (await sharp(bytes).metadata()).format, (await sharp(bytes).metadata()).exif]).toEqual([1280, 640, false, 'webp', undefined]);
  });

  it.each<readonly [string, () => Promise<Uint8Array>]>([
    ['breaks off', async () => (await picture(400, 400).png().toBuffer()).subarray(0, 100)], ['has more pixels than anybody sees', () => picture(6000, 5000).png().toBuffer()], ['is a drawing that can run', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>')],
    ['moves', () => sharp([{ create: { width: 9, height: 9, channels: 4, background: '#000000' } }, { create: { width: 9, height: 9, channels: 4, background: '#ffffff' } }] as never, { join: { animated: true } } as never).webp().toBuffer()],
  ])('keeps its package from being listed when it %s', async (_what, file) => expect(await draw(await file())).toMatchObject({ ok: false, refusal: { reason: 'not-listable', message: expect.stringContaining('screenshots/a.png cannot be shown') as string } }));

  it('is none of a package that names none', async () => expect(await new DrawsPictures().draw({}, new Map())).toEqual({ ok: true, value: [] }));
});
