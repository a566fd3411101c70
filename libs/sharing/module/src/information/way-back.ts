import { localPath } from '@guildhall/identity-contract';

/** Where somebody came from, as a link or a form says: a path of this site, or nothing. */
export function backIn(given: unknown): string | undefined { return localPath(given, '') || undefined; }

const CASE = /^\/desk\/cases\/([A-Za-z0-9-]{1,40})$/;

/** The case from which an officer came, as a link or a form says; nothing where they came from elsewhere. */
export function caseIn(from: unknown): { readonly href: string; readonly reference: string } | undefined {
  const reference = typeof from === 'string' ? CASE.exec(from)?.[1] : undefined;
  return reference === undefined ? undefined : { href: `/desk/cases/${reference}`, reference };
}

/** A path to which an officer goes from a case, and comes back from. */
export function fromCase(path: string, reference: string | undefined): string { return reference === undefined ? path : `${path}?${new URLSearchParams({ from: `/desk/cases/${reference}` }).toString()}`; }

/** A path that says where they came from. */
export function withBack(path: string, back: string | undefined): string { return back === undefined ? path : `${path}?back=${encodeURIComponent(back)}`; }
