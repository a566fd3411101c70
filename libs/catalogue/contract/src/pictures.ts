import type { Refusal, Text } from '@guildhall/kernel-contract';

/** A picture of what a package does, as its manifest names it ("screenshots"). @public */
export interface PackagePicture {
  /** Its file in the package: `screenshots/start.png`. */
  readonly path: string;
  /** What is seen in it, for whoever does not see it. */
  readonly text: Text;
}

/** Of one package. @public */
export const MOST_PICTURES = 6;
/** Of one picture, as it lies in the package. @public */
export const MOST_PICTURE_BYTES = 1024 * 1024;

const PATH = /^screenshots\/[\w.-]+\.(png|jpe?g|webp)$/;
/** Whether a picture may lie there, and is called so that a catalogue reads it at all. @public */
export function isPicturePath(path: string): boolean { return PATH.test(path); }

/**
 * What is wrong with the pictures that a manifest names. What a file is says its content, and never its name.
 * @public
 * @param files of the package, by their paths; of those that were not read, the length
 */
export function pictureFault(pictures: readonly PackagePicture[], files: ReadonlyMap<string, Uint8Array | { readonly byteLength: number }>): Refusal<'not-listable'> | undefined {
  if (pictures.length > MOST_PICTURES) return notListable(`It names ${pictures.length} pictures, and ${MOST_PICTURES} are the most. Choose those that show most.`);
  const twice = pictures.find(({ path }, at) => pictures.findIndex((one) => one.path === path) !== at);
  if (twice) return notListable(`It names the picture ${twice.path} twice.`);
  for (const { path } of pictures) {
    if (!PATH.test(path)) return notListable(`The picture ${path} does not lie in the folder screenshots, or is not called as a PNG, a JPEG or a WebP is.`);
    const file = files.get(path);
    if (!file) return notListable(`It names the picture ${path}, and does not bring it. Pack it ("files" in package.json).`);
    if (file.byteLength > MOST_PICTURE_BYTES) return notListable(`The picture ${path} is larger than ${MOST_PICTURE_BYTES / 1024 / 1024} MB. Make it smaller.`);
    if (!(file instanceof Uint8Array)) return notListable('Its pictures are too large together. Leave those out that it does not name.');
    if (!isPicture(file)) return notListable(`${path} is no picture: inside it is neither a PNG nor a JPEG nor a WebP.`);
  }
  return undefined;
}

/** By the signatures with which the formats begin (PNG 1.2, 3.1; ITU-T T.81, B.1; RFC 9649, 2.4). */
function isPicture(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return begin.startsWith('\x89PNG\r\n\x1a\n') || begin.startsWith('\xff\xd8\xff') || (begin.startsWith('RIFF') && begin.slice(8) === 'WEBP');
}

function notListable(message: string): Refusal<'not-listable'> { return { reason: 'not-listable', message }; }
