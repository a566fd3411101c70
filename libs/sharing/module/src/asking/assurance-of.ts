import { assuranceGaps, computeAssurance, type Assurance } from '@guildhall/assurance-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { AssuranceDemand } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { Peer } from '../knowing/peers';
import { OwnNode } from '../node/own-node';

/** What is known of the systems of other bodies. */
@Injectable()
export class AssuranceOf {
  /** Who has signed what is looked at once an hour for each assessment of a body: it takes longer than all else. */
  readonly #known = new Map<string, Assurance>();

  constructor(private readonly node: OwnNode) {}

  /** What of an agreement's demands a body does not meet, and whether what it says of how it asks is to be believed. */
  of(ctx: RequestContext, peer: Peer, demands: readonly AssuranceDemand[], now: Date): { readonly gaps: readonly Text[]; readonly isChannelProven: boolean } {
    const assurance = this.#assurance(ctx, peer, now);
    return { gaps: assuranceGaps(demands, assurance, now), isChannelProven: assurance.coversChannels };
  }

  #assurance(ctx: RequestContext, { body, running, assessments, since }: Peer, now: Date): Assurance {
    const key = `${ctx.council.id} ${body.id} ${since} ${Math.floor(now.getTime() / HOUR_IN_MS)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { assessors = [] } = this.node.options(ctx);
    const assurance = computeAssurance({ name: body.endpoint, digest: running === undefined ? {} : { sha256: running }, owners: [body.id] }, assessments, { bodies: [this.node.body(ctx)], assessors }, now);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, assurance);
    return assurance;
  }
}

const HOUR_IN_MS = 60 * 60 * 1000;
const MOST_KEPT = 1000;
