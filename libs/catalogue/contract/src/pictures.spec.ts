import { MOST_PICTURES, MOST_PICTURE_BYTES, pictureFault } from './pictures';

const [png, jpeg, webp] = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff\xe0', 'RIFF\x10\x00\x00\x00WEBPVP8 '].map((begin) => new Uint8Array(Buffer.from(begin, 'latin1'))) as [Uint8Array, Uint8Array, Uint8Array];
const named = (...paths: readonly string[]) => paths.map((path) => ({ path, text: { en: 'A page.', cy: 'Tudalen.' } }));
const says = (pictures: ReturnType<typeof named>, files: Readonly<Record<string, Uint8Array | { readonly byteLength: number }>>): string | undefined => pictureFault(pictures, new Map(Object.entries(files)))?.message;

describe('the pictures that a manifest names', () => {
  it('are PNG, JPEG and WebP, by what is in them and whatever they are called', () => {
    const files = { 'screenshots/a.png': jpeg, 'screenshots/b.jpeg': webp, 'screenshots/c.webp': png };
    expect(says(named(...Object.keys(files)), files)).toBeUndefined();
  });

  it.each<readonly [string, ReturnType<typeof named>, Parameters<typeof says>[1], string]>([
    ['is not in the package', named('screenshots/a.png'), {}, 'does not bring it'], ['lies elsewhere', named('dist/a.png'), { 'dist/a.png': png }, 'does not lie in the folder screenshots'], ['leads out of the folder', named('screenshots/../a.png'), { 'screenshots/../a.png': png }, 'does not lie in the folder screenshots'],
    ['is a drawing that can run', named('screenshots/a.svg'), { 'screenshots/a.svg': png }, 'is not called as'], ['is a page that is called a picture', named('screenshots/a.png'), { 'screenshots/a.png': new Uint8Array(Buffer.from('<script>alert(1)</script>')) }, 'is no picture'],
    ['is too large', named('screenshots/a.png'), { 'screenshots/a.png': { byteLength: MOST_PICTURE_BYTES + 1 } }, 'larger than 1 MB'], ['was not read, for there are too many', named('screenshots/a.png'), { 'screenshots/a.png': { byteLength: 10 } }, 'too large together'],
    ['is named twice', named('screenshots/a.png', 'screenshots/a.png'), { 'screenshots/a.png': png }, 'twice'], ['is one of too many', named(...Array.from({ length: MOST_PICTURES + 1 }, (_one, at) => `screenshots/${at}.png`)), {}, '6 are the most'],
  ])('keep a package from being listed when one %s', (_what, pictures, files, because) => expect(says(pictures, files)).toContain(because));
});
