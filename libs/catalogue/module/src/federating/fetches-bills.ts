import { readRelease, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Database, LOG } from '@guildhall/kernel';
import { CLOCK, NotFound, isGuildhallError, type Clock, type Log, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { provedBill } from '../taking/bill-of-materials';

interface Lacking { readonly name: string; readonly version: string; readonly digest: string; readonly envelope: Envelope }
/** Bills of materials that are asked for one after another: of what was never asked for first, and then of what was not to be had. */
const BILLS_AT_ONCE = 50;
/** Of the minute that a job has: others wait for the worker meanwhile. */
const FETCHES_FOR_MS = 20_000;

/** Fetches the bills of materials that a feed does not carry, so that they are here when the catalogue they came from is gone. Each is proved by what its publisher signed. */
@Injectable()
export class FetchesBills {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  /** @returns whether it is worth going on at once: some came, and there are more */
  async fetch(ctx: RequestContext, there: CatalogueApi, feed: string): Promise<boolean> {
    const until = performance.now() + FETCHES_FOR_MS;
    const lacking = await this.db.query<Lacking>(ctx, `select r.name, r.version, r.digest, s.envelope from catalogue.release r join catalogue.signed s on s.council_id = r.council_id and s.digest = r.digest
      where r.council_id = $1 and r.components is null and r.removed_because is null and r.from_feed is not null order by r.components_asked_at nulls first, r.listed_at desc, r.name, r.version limit ${BILLS_AT_ONCE}`, [ctx.council.id]);
    let kept = 0;
    for (const one of lacking) {
      if (performance.now() > until) return kept > 0;
      const answer = await this.#ask(ctx, there, one, feed);
      const bill = answer === 'not-reached' ? null : answer;
      // Also of one that is never answered: it must not stand before all others for good.
      await this.db.query(ctx, 'update catalogue.release set components = $3, components_asked_at = $4 where council_id = $1 and digest = $2 and components is null', [ctx.council.id, one.digest, bill, this.clock.now()]);
      if (answer === 'not-reached') return false;
      if (bill !== null) kept++;
    }
    // What was not to be had stands behind all others now.
    return kept > 0 && lacking.length === BILLS_AT_ONCE;
  }

  /** Null of one that is not to be had there, or is not what was signed. */
  async #ask(ctx: RequestContext, there: CatalogueApi, { name, version, envelope }: Lacking, feed: string): Promise<string | null | 'not-reached'> {
    const release = readRelease(envelope);
    if (!release.ok) return null;
    try {
      const bill = provedBill(await there.components(ctx, name, version), release.value.predicate.components);
      if (bill.ok) return bill.value;
      this.diary.warn('catalogue.bill-of-materials-not-proved', { feed, package: name, version });
      return null;
    } catch (error) {
      if (error instanceof NotFound) return null;
      if (!isGuildhallError(error)) throw error;
      return 'not-reached';
    }
  }
}
