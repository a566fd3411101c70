import type { PackageFacts, PackageFilesRead } from '@guildhall/catalogue-contract';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import type sharp from 'sharp';

/** A picture as it is kept: WebP, no larger than it is shown. */
export interface DrawnPicture { readonly path: string; readonly bytes: Buffer; readonly width: number; readonly height: number }

const MOST_PIXELS = 20_000_000;
const WIDEST = 1280;
const HIGHEST = 2560;
const QUALITY = 80;
const MOST_SECONDS = 10;

/** Decodes the pictures of a package and encodes them afresh: nothing of a stranger's bytes is handed on, neither what stands behind the picture nor where it was taken. */
@Injectable()
export class DrawsPictures {
  #library: typeof sharp | undefined;

  async draw({ pictures = [] }: Pick<PackageFacts, 'pictures'>, files: PackageFilesRead): Promise<Outcome<readonly DrawnPicture[], Refusal<'not-listable'>>> {
    const drawn: DrawnPicture[] = [];
    // One after the other: of each all pixels are in memory.
    for (const { path } of pictures) {
      const file = files.get(path);
      const one = file instanceof Uint8Array ? await this.#draw(path, file) : undefined;
      if (!one) return refused('not-listable', `The picture ${path} cannot be shown: it is damaged, moves, or has more than ${MOST_PIXELS / 1_000_000} million pixels. Save it anew.`);
      drawn.push(one);
    }
    return done(drawn);
  }

  async #draw(path: string, file: Uint8Array): Promise<DrawnPicture | undefined> {
    const library = (this.#library ??= loadLibrary());
    const reading = { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true, pages: 1 } as const;
    try {
      // The header alone: a decompression bomb is never decoded.
      const { width, height, format, pages = 1 } = await library(file, { ...reading, limitInputPixels: false }).metadata();
      if (!['png', 'jpeg', 'webp'].includes(format) || width * height > MOST_PIXELS || pages > 1) return undefined;
      const { data, info } = await library(file, reading).timeout({ seconds: MOST_SECONDS }).autoOrient().resize({ width: WIDEST, height: HIGHEST, fit: 'inside', withoutEnlargement: true }).toColourspace('srgb').webp({ quality: QUALITY }).toBuffer({ resolveWithObject: true });
      return { path, bytes: data, width: info.width, height: info.height };
    } catch {
      // Whatever the decoder says of bytes from outside, it is about the bytes.
      return undefined;
    }
  }
}

/** Not before the first picture comes: most packages bring none, and the library is large. */
function loadLibrary(): typeof sharp {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const library = require('sharp') as typeof sharp;
  library.concurrency(1);
  library.cache(false);
  return library;
}
