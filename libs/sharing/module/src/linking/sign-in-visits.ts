import { createHmac } from 'node:crypto';
import { Database, secretOf, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { hashOf, opaque } from './opaque';

const MINUTE_IN_MS = 60_000;
/** By then somebody has signed in. */
const VISIT_FOR_MS = 20 * MINUTE_IN_MS;
/** And when they have pressed, by then they are back. */
const CODE_FOR_MS = 10 * MINUTE_IN_MS;

/** Somebody whom another body has sent here, and as whom they pressed. */
export interface Visit { readonly peerId: string; readonly state: string; readonly localId: string | undefined }

/** Those whom other bodies have sent here to sign in: each for a short while, and once. */
@Injectable()
export class SignInVisits {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns the ticket with which the browser comes */
  async expect(ctx: RequestContext, peerId: string, state: string): Promise<string> {
    const ticket = opaque();
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'delete from sharing.link_visit where council_id = $1 and ticket_hash in (select ticket_hash from sharing.link_visit where council_id = $1 and until < $2 order by until limit 500) returning 1 as gone', [ctx.council.id, now]);
      await sql(tx, 'insert into sharing.link_visit (council_id, ticket_hash, peer_id, state, until) values ($1, $2, $3, $4, $5) returning 1 as made', [ctx.council.id, hashOf(ticket), peerId, state, new Date(now.getTime() + VISIT_FOR_MS)]);
    });
    return ticket;
  }

  /** @throws NotFound when there is none, it was too long ago, or somebody else has pressed */
  async find(ctx: RequestContext, ticket: string, localId: string): Promise<Visit> {
    const [row] = await this.db.query<{ peer_id: string; state: string; local_id: string | null }>(ctx, 'select peer_id, state, local_id from sharing.link_visit where council_id = $1 and ticket_hash = $2 and until > $3 and (local_id is null or local_id = $4)', [ctx.council.id, hashOf(ticket), this.clock.now(), localId]);
    if (!row) throw new NotFound('This way to link your records cannot be used any more. Go back to where you came from and begin again.');
    return { peerId: row.peer_id, state: row.state, localId: row.local_id ?? undefined };
  }

  /** Somebody has pressed: from now on it is theirs alone. Pressed again by the same person it is the same. @throws NotFound as `find` */
  async press(ctx: RequestContext, ticket: string, localId: string): Promise<void> {
    await this.db.query(ctx, 'update sharing.link_visit set local_id = $3, code_hash = $4, until = $5 where council_id = $1 and ticket_hash = $2 and local_id is null and until > $6 returning 1 as pressed', [ctx.council.id, hashOf(ticket), localId, hashOf(codeOf(ctx, ticket)), new Date(this.clock.now().getTime() + CODE_FOR_MS), this.clock.now()]);
    const { localId: pressed } = await this.find(ctx, ticket, localId);
    if (pressed === undefined) throw new Error('A press that was kept is not there.');
  }

  /** Who came back with this code, to the body that sent them: once. */
  async redeem(ctx: RequestContext, peerId: string, code: string, state: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ local_id: string }>(ctx, 'delete from sharing.link_visit where council_id = $1 and code_hash = $2 and peer_id = $3 and state = $4 and until > $5 returning local_id', [ctx.council.id, hashOf(code), peerId, state, this.clock.now()]);
    return row?.local_id;
  }
}

/** What the browser brings back: worked out from the ticket, so that it is kept nowhere. */
export function codeOf(ctx: RequestContext, ticket: string): string { return createHmac('sha256', secretOf(ctx, 'sharing.link-code')).update(ticket).digest('base64url'); }
