import { randomBytes } from 'node:crypto';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, Conflict, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { pairwiseName } from './opaque';

/** How it was made sure that two records are of one person: never a guess. */
export type Proof = 'signed-in' | 'exact-match' | 'in-person';
/** Somebody who is known here and at another body. */
export interface Link { readonly pairwise: string; readonly localId: string; readonly subjectKey: Uint8Array; /** When the other body last said how their choice stands there, by the id of the agreement. */ readonly choicesHeard: Readonly<Record<string, string>> }

export interface LinkRow { readonly pairwise: string; readonly local_id: string; readonly key: Buffer; readonly choices_heard: Readonly<Record<string, string>> }

/** A link as its person reads of it. */
export interface LinkInList { readonly peerId: string; readonly provenBy: Proof; readonly provenAt: Date }

/** The names under which two bodies know the same person. No third one knows them, and there is no list of all. @internal */
@Injectable()
export class Links {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async byName(ctx: RequestContext, peerId: string, pairwise: string): Promise<Link | undefined> {
    const [row] = await this.db.query<LinkRow>(ctx, `
      select l.pairwise, l.local_id, l.choices_heard, k.key from sharing.link l join sharing.subject_key k on k.council_id = l.council_id and k.local_id = l.local_id where l.council_id = $1 and l.peer_id = $2 and l.pairwise = $3`, [ctx.council.id, peerId, pairwise]);
    return row && linkIn(row);
  }

  async ofPerson(ctx: RequestContext, peerId: string, localId: string): Promise<Link | undefined> {
    const [row] = await this.db.query<LinkRow>(ctx, `
      select l.pairwise, l.local_id, l.choices_heard, k.key from sharing.link l join sharing.subject_key k on k.council_id = l.council_id and k.local_id = l.local_id where l.council_id = $1 and l.local_id = $2 and l.peer_id = $3`, [ctx.council.id, localId, peerId]);
    return row && linkIn(row);
  }

  /** The bodies with which somebody is linked. */
  async list(ctx: RequestContext, localId: string): Promise<readonly LinkInList[]> {
    const rows = await this.db.query<{ peer_id: string; proven_by: Proof; proven_at: Date }>(ctx, 'select peer_id, proven_by, proven_at from sharing.link where council_id = $1 and local_id = $2 order by peer_id limit 100', [ctx.council.id, localId]);
    return rows.map(({ peer_id: peerId, proven_by: provenBy, proven_at: provenAt }) => ({ peerId, provenBy, provenAt }));
  }

  /** With which bodies somebody is linked, under which names: also when their key is gone. */
  async names(ctx: RequestContext, localId: string): Promise<readonly { readonly peerId: string; readonly pairwise: string }[]> {
    const rows = await this.db.query<{ peer_id: string; pairwise: string }>(ctx, 'select peer_id, pairwise from sharing.link where council_id = $1 and local_id = $2 order by peer_id limit 1000', [ctx.council.id, localId]);
    return rows.map(({ peer_id: peerId, pairwise }) => ({ peerId, pairwise }));
  }

  /**
   * Says that somebody here is who the other body knows by this name; a new name when none is told. The same again changes nothing. On record.
   * @throws Conflict when either is linked with somebody else: nobody is two people
   */
  async add(ctx: RequestContext, { peerId, localId, provenBy, pairwise = pairwiseName() }: { readonly peerId: string; readonly localId: string; readonly provenBy: Proof; readonly pairwise?: string }): Promise<Link> {
    return this.db.run(ctx, async (tx) => {
      await sql(tx, 'insert into sharing.subject_key (council_id, local_id, key) values ($1, $2, $3) on conflict do nothing', [ctx.council.id, localId, randomBytes(32)]);
      const added = await sql(tx, 'insert into sharing.link (council_id, peer_id, pairwise, local_id, proven_by, proven_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning peer_id', [ctx.council.id, peerId, pairwise, localId, provenBy, this.clock.now()]);
      const [row] = await sql<LinkRow>(tx, `
        select l.pairwise, l.local_id, l.choices_heard, k.key from sharing.link l join sharing.subject_key k on k.council_id = l.council_id and k.local_id = l.local_id where l.council_id = $1 and l.peer_id = $2 and l.pairwise = $3`, [ctx.council.id, peerId, pairwise]);
      if (row?.local_id !== localId) throw new Conflict('One of the two is linked with somebody else already.');
      if (added.length > 0) audit(tx, { action: 'sharing.linked', subject: { type: 'sharing.link', id: peerId }, personId: isPerson(localId) ? localId : undefined, detail: { provenBy } });
      return linkIn(row);
    });
  }
}

export function linkIn({ pairwise, local_id: localId, key, choices_heard: choicesHeard }: LinkRow): Link { return { pairwise, localId, subjectKey: new Uint8Array(key), choicesHeard }; }

/** Whether it is the id of a person of this council, and no row of a register. */
export function isPerson(localId: string): boolean { return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(localId); }
