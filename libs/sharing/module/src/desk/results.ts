const RESULTS = new Set(['pinned', 'guideline-taken', 'brought-in', 'signed', 'in-force', 'already-in-force', 'changed', 'discarded', 'ended', 'next-version', 'changed-meanwhile', 'is-signed', 'counted', 'goes-on', 'was-settled']);
const BAD = new Set(['changed-meanwhile', 'is-signed']);

/** What came of the last press: only what the page has words for. */
export function resultOf(result: string | undefined): { readonly key: string; readonly isGood: boolean } | undefined {
  return result !== undefined && RESULTS.has(result) ? { key: result, isGood: !BAD.has(result) } : undefined;
}
