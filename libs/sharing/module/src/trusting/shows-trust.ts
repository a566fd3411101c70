import { principleTitle } from '@guildhall/assurance-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AssuranceOf } from '../asking/assurance-of';
import type { KnownBody } from '../desk/bodies';
import { Peers } from '../knowing/peers';
import { TrustLists, type FollowedList } from './trust-lists';

/** A body with how it is known. */
export interface ShownTrust extends KnownBody { readonly listName?: Text; readonly isGone?: boolean }
/** What was found of a body's systems, and by whom. */
export interface ShownFinding { readonly title: Text; readonly by: string; readonly level: string; readonly result: string; readonly assessedOn: string; readonly isDrifted: boolean }

/** How bodies are known here, and what was found of them, for the officer's pages. */
@Injectable()
export class ShowsTrust {
  constructor(private readonly db: Database, private readonly followed: TrustLists, private readonly peers: Peers, private readonly assurance: AssuranceOf, @Inject(CLOCK) private readonly clock: Clock) {}

  lists(ctx: RequestContext): Promise<readonly FollowedList[]> { return this.followed.followed(ctx); }

  of(ctx: RequestContext, known: KnownBody): ShownTrust {
    const { listId, knownUntil } = known;
    if (listId === undefined || !knownUntil) return known;
    return { ...known, listName: this.followed.nameOf(ctx, listId), isGone: knownUntil <= this.clock.now() || !this.followed.isFollowed(ctx, listId) };
  }

  /** What was found of it, when it was last asked, and which of its keys a list says that others may have. */
  async seen(ctx: RequestContext, { body, listId }: KnownBody): Promise<{ readonly found: readonly ShownFinding[]; readonly askedAt?: Date; readonly warnings: readonly { readonly list: string; readonly keyid: string; readonly since: string }[] }> {
    const [peer, [row], lists] = await Promise.all([
      this.peers.find(ctx, body.id), this.db.query<{ assurance_at: Date | null }>(ctx, 'select assurance_at from sharing.peer where council_id = $1 and peer_id = $2', [ctx.council.id, body.id]), this.lists(ctx),
    ]);
    const findings = peer ? this.assurance.findings(ctx, peer, this.clock.now()) : {};
    const found = Object.entries(findings).flatMap(([standard, principles]) => Object.entries(principles).flatMap(([principle, all]) => all.map((one) => ({ title: principleTitle(standard, principle), ...one }))));
    const warnings = listId !== undefined ? [] : lists.flatMap(({ list }) => (list?.members.find(({ id }) => id === body.id)?.keys ?? []).flatMap(({ x, keyid, compromisedSince: since }) => (since !== undefined && body.keys.some((key) => key.x === x) ? [{ list: list?.id ?? '', keyid, since }] : [])));
    return { found, ...(row?.assurance_at && { askedAt: row.assurance_at }), warnings };
  }
}
