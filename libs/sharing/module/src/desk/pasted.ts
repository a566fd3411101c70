import { text } from 'node:stream/consumers';
import type { FormBody, GuildhallRequest } from '@guildhall/kernel';
import { done, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { fieldOf } from './form-fields';

/** A document is some thousand characters; a hundred times as long is none. */
const MOST_CHARACTERS = 200_000;

/** A document that somebody handed over, as it was typed and as what it says. `field` is where it came from. */
export interface Pasted { readonly json: unknown; readonly typed: string; readonly field: 'document' | 'file' }
export type PastedRefusal = Refusal<'missing' | 'not-json' | 'too-long'> & { readonly field: Pasted['field']; readonly typed: string };

/** Reads a document that was pasted, or comes as a file instead. */
export async function readPasted(request: GuildhallRequest, body: FormBody): Promise<Outcome<Pasted, PastedRefusal>> {
  const upload = request.uploads?.find(({ field, sizeInBytes }) => field === 'file' && sizeInBytes > 0);
  const field = upload ? 'file' : 'document';
  const isTooLong = upload !== undefined && (upload.isTruncated || upload.sizeInBytes > MOST_CHARACTERS);
  const typed = upload ? (isTooLong ? '' : await text(upload.read())) : fieldOf(body, 'document');
  const no = (reason: PastedRefusal['reason']): Outcome<Pasted, PastedRefusal> => ({ ok: false, refusal: { reason, message: '', field, typed: upload ? '' : typed } });
  if (isTooLong || typed.length > MOST_CHARACTERS) return no('too-long');
  if (typed.trim() === '') return no('missing');
  try {
    const json = JSON.parse(typed.replace(/^\uFEFF/, '')) as unknown;
    return done({ json, typed, field });
  } catch {
    return no('not-json');
  }
}
