import type { ErrorFormat, ProblemToTell } from '@guildhall/kernel';
import { CONTENT_TYPES, writeDocument, type Open311Error } from '@guildhall/open311-contract';

const SENTENCES: Readonly<Record<number, string>> = {
  403: 'The api_key is missing, wrong, or may not do this.', 404: 'There is nothing here.', 409: 'The same key came before with another request.', 413: 'The request is too large.',
  415: 'Send the fields as a form: application/x-www-form-urlencoded, or multipart/form-data with photos.', 429: 'Too many requests: wait a minute.', 503: 'Not available at the moment: send it again later.',
};

/** Errors as GeoReport v2 has them, each mistake one of them. Whoever has no key is told 403: 401 is not among its codes. */
export const open311ErrorFormat: ErrorFormat = {
  path: '/open311/',
  write(problem, url) {
    const format = /\.json(\?|$)/.test(url) ? 'json' : 'xml';
    const status = problem.status === 401 ? 403 : problem.status;
    return { status, contentType: CONTENT_TYPES[format], body: writeDocument('errors', errorsOf({ ...problem, status }), format) };
  },
};

function errorsOf({ status, detail, fields }: ProblemToTell): readonly Open311Error[] {
  if (fields.length) return fields.map(({ field, message }) => ({ code: String(status), description: `${field} ${message}` }));
  return [{ code: String(status), description: (status >= 500 ? undefined : detail) ?? SENTENCES[status] ?? (status >= 500 ? 'Something went wrong on our side.' : 'The request is not right.') }];
}
