import { assuranceGaps, computeAssurance, type Assurance } from '@guildhall/assurance-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { AssuranceDemand } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { Peer } from '../knowing/peers';

/** What is known of the systems of other bodies. */
@Injectable()
export class AssuranceOf {
  /** Who has signed what is looked at once an hour for each assessment of a body: it takes longer than all else. */
  readonly #known = new Map<string, Assurance>();

  /** What of an agreement's demands a body does not meet, and whether what it says of how it asks is to be believed. */
  of(ctx: RequestContext, peer: Peer, demands: readonly AssuranceDemand[], now: Date): { readonly gaps: readonly Text[]; readonly isChannelProven: boolean } {
    const assurance = this.#assurance(ctx, peer, now);
    return { gaps: assuranceGaps(demands, assurance, now), isChannelProven: assurance.coversChannels };
  }

  /** All that was found of it. */
  findings(ctx: RequestContext, peer: Peer, now: Date): Assurance['findings'] { return this.#assurance(ctx, peer, now).findings; }

  #assurance(ctx: RequestContext, { body, running, assessments, signers, listedSuppliers, since }: Peer, now: Date): Assurance {
    const key = `${ctx.council.id} ${body.id} ${since} ${Math.floor(now.getTime() / HOUR_IN_MS)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const assurance = computeAssurance({ name: body.endpoint, digest: running === undefined ? {} : { sha256: running }, owners: [...new Set([body.id, ...(body.suppliers ?? []), ...listedSuppliers])] }, assessments, signers, now);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, assurance);
    return assurance;
  }
}

const HOUR_IN_MS = 60 * 60 * 1000;
const MOST_KEPT = 1000;
