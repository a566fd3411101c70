import type { FeedItem } from '@guildhall/catalogue-contract';

/** So many entries are decided and kept in one transaction at most: others who list wait for no more. */
const MOST = 100;

/**
 * Entries in their order, in groups that can be decided together: nothing in a group depends on what another in it leaves behind, but for new names, which are compared with all that were shown before them, also
 * in the same group. What changes by whom or how anything may be listed stands alone.
 */
export function* batchesOf(items: readonly FeedItem[]): Generator<readonly FeedItem[]> {
  let batch: FeedItem[] = [];
  let touched = new Set<string>();
  for (const item of items) {
    const touches = touchedBy(item);
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
function touchedBy({ entry: { kind, about, digest } }: FeedItem): readonly string[] { return kind === 'publisher' || kind === 'notice' ? [ALONE] : [`about ${about}`, `digest ${digest}`]; }
