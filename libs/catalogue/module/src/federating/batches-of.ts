import type { FeedItem } from '@guildhall/catalogue-contract';

/** So many entries are decided and kept in one transaction at most. */
const MOST = 50;

/**
 * Entries in their order, in groups that can be decided together: nothing in a group depends on what another in it leaves behind. A publisher stands alone, and of packages that nobody knows yet, whose
 * names are compared with all others, there is one.
 * @param known names of packages that are listed
 */
export function* batchesOf(items: readonly FeedItem[], known: ReadonlySet<string>): Generator<readonly FeedItem[]> {
  let batch: FeedItem[] = [];
  let touched = new Set<string>();
  for (const item of items) {
    const touches = touchedBy(item, known);
    if (batch.length === MOST || touches.some((one) => touched.has(one)) || (batch.length > 0 && touches.includes(ALONE))) {
      yield batch;
      [batch, touched] = [[], new Set()];
    }
    batch.push(item);
    for (const one of touches) touched.add(one);
    if (touches.includes(ALONE)) {
      yield batch;
      [batch, touched] = [[], new Set()];
    }
  }
  if (batch.length > 0) yield batch;
}

const ALONE = 'alone';
function touchedBy({ entry: { kind, about, digest } }: FeedItem, known: ReadonlySet<string>): readonly string[] {
  if (kind === 'publisher' || kind === 'notice') return [ALONE];
  return [`about ${about}`, `digest ${digest}`, ...(kind === 'release' && !known.has(about) ? ['new'] : [])];
}
