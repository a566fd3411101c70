const RESULTS = new Set(['created', 'changed', 'paused', 'resumed', 'removed', 'test-arrived', 'test-failed', 'sent-again', 'nothing-to-send', 'changed_meanwhile', 'is-stopped']);
const BAD = new Set(['test-failed', 'nothing-to-send', 'changed_meanwhile', 'is-stopped']);

/** What came of the last press: only what the page has words for. */
export function resultOf(result: string | undefined): { readonly key: string; readonly isGood: boolean } | undefined {
  return result !== undefined && RESULTS.has(result) ? { key: result, isGood: !BAD.has(result) } : undefined;
}
