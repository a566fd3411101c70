import { localPath } from '@guildhall/identity-contract';

/** Where somebody came from, as a link or a form says: a path of this site, or nothing. */
export function backIn(given: unknown): string | undefined { return localPath(given, '') || undefined; }

/** A path that says where they came from. */
export function withBack(path: string, back: string | undefined): string { return back === undefined ? path : `${path}?back=${encodeURIComponent(back)}`; }
