import { text } from 'node:stream/consumers';
import { readCouncilReport, type CouncilReport } from '@guildhall/catalogue-contract';
import type { FormBody, GuildhallRequest } from '@guildhall/kernel';
import { done, type FieldError, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { typedIn } from '../contributing/read-form';

/** A council of sixty packages writes some 20,000 characters. */
const MOST_CHARACTERS = 500_000;
/** `field` is where it came from; the message of a report that can be read names what is wrong in it, in no language: `council.slug, node`; `none` where it is none of it. */
export type ReportRefusal = Refusal<'missing' | 'too-long' | 'not-json' | 'not-a-report'> & { readonly field: 'report' | 'file'; readonly typed: string };

const MOST_NAMED = 5;
function namedIn(fields: readonly FieldError[]): string { return [...new Set(fields.map(({ field }) => field))].filter(Boolean).slice(0, MOST_NAMED).join(', ').slice(0, 200) || 'none'; }

/** Reads what `guildhall doctor --json` wrote, pasted or as a file. Nothing of it is kept. */
export async function readReport(request: Pick<GuildhallRequest, 'uploads'>, body: FormBody): Promise<Outcome<{ readonly report: CouncilReport; readonly typed: string }, ReportRefusal>> {
  const upload = request.uploads?.find(({ field, sizeInBytes }) => field === 'file' && sizeInBytes > 0);
  const field = upload ? 'file' : 'report';
  const isTooLong = upload !== undefined && (upload.isTruncated || upload.sizeInBytes > MOST_CHARACTERS);
  const typed = upload ? (isTooLong ? '' : await text(upload.read())) : (typedIn(body, 'report')[0] ?? '');
  const no = (reason: ReportRefusal['reason'], message = ''): Outcome<never, ReportRefusal> => ({ ok: false, refusal: { reason, message, field, typed: upload || typed.length > MOST_CHARACTERS ? '' : typed } });
  if (isTooLong || typed.length > MOST_CHARACTERS) return no('too-long');
  if (typed.trim() === '') return no('missing');
  let json: unknown;
  try {
    json = JSON.parse(typed.replace(/^\uFEFF/, ''));
  } catch {
    return no('not-json');
  }
  const read = readCouncilReport(json);
  return read.ok ? done({ report: read.value, typed }) : no('not-a-report', namedIn(read.refusal.fields));
}
