import type { FormBody, GuildhallRequest } from '@guildhall/kernel';
import { InvalidInput, NotFound } from '@guildhall/kernel-contract';
import { FORMATS, readDateTime, type Format } from '@guildhall/open311-contract';

/** Fields of a form or of an address. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The fields of an address: read as text only. */
export function queryOf(req: GuildhallRequest): Fields {
  return req.query as Fields;
}

/** One field, trimmed; undefined when it is not there or empty. Of several the first counts. */
export function field(fields: Fields, name: string): string | undefined {
  const given = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const text = typeof given === 'string' ? given : given?.[0];
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** Everything under a name, also under the same name with brackets, as forms write lists. */
export function fieldsOf(fields: Fields, name: string): readonly string[] {
  return [name, `${name}[]`].flatMap((one) => (Object.hasOwn(fields, one) ? [fields[one] ?? []].flat() : [])).map((text) => text.trim()).filter(Boolean);
}

/** @throws InvalidInput */
export function invalid(name: string, message: string): InvalidInput {
  return new InvalidInput('The request has mistakes.', [{ field: name, message }]);
}

/** A field that must be there. @throws InvalidInput */
export function needed(fields: Fields, name: string): string {
  const found = field(fields, name);
  if (found === undefined) throw invalid(name, 'is missing');
  return found;
}

/** A list with commas: `RB-7K3F-92QD,RB-2B4C-11XZ`. */
export function listed(fields: Fields, name: string): readonly string[] {
  return [...new Set(fieldsOf(fields, name).flatMap((text) => text.split(',')).map((text) => text.trim()).filter(Boolean))];
}

/** @throws InvalidInput when it is no W3C date-time with an offset */
export function instant(fields: Fields, name: string): Date | undefined {
  const text = field(fields, name);
  if (text === undefined) return undefined;
  const at = readDateTime(text);
  if (!at) throw invalid(name, 'must be a W3C date-time with its offset, like 2026-11-23T09:00:00+00:00');
  return at;
}

/** @throws InvalidInput */
export function wholeNumber(fields: Fields, name: string, usual: number, most: number): number {
  const text = field(fields, name);
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1 || Number(text) > most) throw invalid(name, `must be a whole number from 1 to ${most}`);
  return Number(text);
}

/** The format at the end of an address's path. */
export function formatOf(req: GuildhallRequest): Format {
  return /\.json(\?|$)/.test(req.url) ? 'json' : 'xml';
}

/** What an address names before its format: `RB-7K3F-92QD` of `RB-7K3F-92QD.xml`. @throws NotFound when the format is none of ours */
export function namedBy(file: string): string {
  const match = /^(.+)\.([a-z]+)$/.exec(file);
  if (!match || !FORMATS.some((format) => format === match[2])) throw new NotFound('Ask for .xml or .json: there is no other format.');
  return match[1] ?? '';
}

/** A form's own content type, and nothing else that could be taken for one: what is sent as JSON or XML is none (GeoReport v2). */
export function isForm(req: GuildhallRequest): boolean {
  const type = String(req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
}
/** @throws UnsupportedMediaType 415, or InvalidInput for a body that is not there */
export function formOf(req: GuildhallRequest, body: FormBody): Fields {
  if (req.headers['content-type'] === undefined && Object.keys(body).length === 0) throw new InvalidInput('Send the fields as a form: application/x-www-form-urlencoded, or multipart/form-data with photos.');
  if (!isForm(req)) throw Object.assign(new Error('Not a form'), { statusCode: 415, code: 'not-a-form' });
  return { ...(queryOf(req)), ...body };
}
