import { Inject, Injectable } from '@nestjs/common';
import type sharp from 'sharp';
import { TemporaryFiles } from '@guildhall/kernel';
import type { TemporaryFile } from '@guildhall/kernel';
import type { BytesAtRest, Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, provenBytes, refused } from '@guildhall/kernel-contract';
import type { DocumentType } from '@guildhall/documents-contract';

/** A photo as it is kept, on the disk until it is let go. */
export interface EncodedPhoto { readonly whole: TemporaryFile; readonly thumbnail: TemporaryFile; readonly width: number; readonly height: number }
interface PhotoInHand { readonly whole: Buffer; readonly thumbnail: Buffer; readonly width: number; readonly height: number }
/** Bounds of a photo, pixels. */
export interface PhotoLimits { readonly photoInPixels: number; readonly bitmapInPixels: number; readonly photoSide: number; readonly thumbnailSide: number }

/** What sharp calls the types that we know by their signatures: the two must agree. */
const FORMAT_OF: Readonly<Partial<Record<DocumentType, string>>> = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'image/tiff': 'tiff', 'image/avif': 'heif' };
const QUALITY = { whole: 80, thumbnail: 72 } as const;
const MOST_SECONDS = 15;
/** Two at once use both cores; more would only hold more pictures in memory. Those that wait, before and after, are on the disk. */
const AT_ONCE = 2;

/**
 * Decodes a photo and encodes it afresh as JPEG, upright, in sRGB, no larger than it is shown. Nothing of the sender's bytes survives: no metadata,
 * no place, nothing hidden behind the picture.
 */
@Injectable()
export class EncodePhoto {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #library: typeof sharp | undefined;

  constructor(@Inject(TemporaryFiles) private readonly files: TemporaryFiles) {}

  async encode(content: BytesAtRest, type: DocumentType, limits: PhotoLimits): Promise<Outcome<EncodedPhoto, Refusal<'unreadable' | 'too-many-pixels'>>> {
    await this.#turn();
    try {
      const encoded = await this.#encode(await inHand(content), type, limits);
      return encoded.ok ? done(await this.#putDown(encoded.value)) : encoded;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  async #putDown({ whole, thumbnail, ...sides }: PhotoInHand): Promise<EncodedPhoto> {
    const kept = await this.files.write([whole]);
    try { return { whole: kept, thumbnail: await this.files.write([thumbnail]), ...sides }; } catch (error) {
      await kept.discard();
      throw error;
    }
  }

  async #encode(bytes: Uint8Array, type: DocumentType, limits: PhotoLimits): Promise<Outcome<PhotoInHand, Refusal<'unreadable' | 'too-many-pixels'>>> {
    const library = (this.#library ??= loadLibrary());
    const unreadable = refused('unreadable', 'The photo is damaged or incomplete.');
    // A JPEG is decoded at the scale that is wanted; of the others every pixel passes through memory.
    const limitInputPixels = type === 'image/jpeg' ? limits.photoInPixels : limits.bitmapInPixels;
    const reading = { failOn: 'error', limitInputPixels, sequentialRead: true, pages: 1 } as const;
    try {
      // The header alone: a decompression bomb is never decoded.
      const { width, height, format } = await library(bytes, { ...reading, limitInputPixels: false }).metadata();
      if (format !== FORMAT_OF[type]) return unreadable;
      if (width * height > limitInputPixels) return refused('too-many-pixels', `The photo has more than ${Math.floor(limitInputPixels / 1_000_000)} million pixels.`);
      const fitting = (side: number): sharp.ResizeOptions => ({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
      const whole = await library(bytes, reading).timeout({ seconds: MOST_SECONDS }).autoOrient().resize(fitting(limits.photoSide)).flatten({ background: '#ffffff' }).toColourspace('srgb').jpeg({ quality: QUALITY.whole, progressive: true }).toBuffer({ resolveWithObject: true });
      const thumbnail = await library(whole.data).resize(fitting(limits.thumbnailSide)).jpeg({ quality: QUALITY.thumbnail }).toBuffer();
      return done({ whole: whole.data, thumbnail, width: whole.info.width, height: whole.info.height });
    } catch {
      // Whatever the decoder says of bytes from outside, it is about the bytes.
      return unreadable;
    }
  }

  async #turn(): Promise<void> {
    while (this.#running >= AT_ONCE) await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    this.#running++;
  }
}

/** A decoder goes back and forth in a photo. */
async function inHand(content: BytesAtRest): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(content.sizeInBytes);
  let at = 0;
  for await (const chunk of provenBytes(content.read(), content) as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** Loaded with the first photo: a server that sees none does without its memory. */
function loadLibrary(): typeof sharp {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const library = require('sharp') as typeof sharp;
  // Each picture on one core; nothing of one person's photo is kept for the next.
  library.concurrency(1);
  library.cache(false);
  return library;
}
