import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { hashOf } from './opaque';

const ATTEMPT_FOR_MS = 30 * 60_000;

/** Somebody who is on their way. */
export interface Attempt { readonly peerId: string; readonly ticket: string; readonly returnTo: string }

/** Those who are on their way from here to sign in at another body, until they are back. */
@Injectable()
export class SignInAttempts {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async keep(ctx: RequestContext, localId: string, state: string, { peerId, ticket, returnTo }: Attempt): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'delete from sharing.link_attempt where council_id = $1 and state_hash in (select state_hash from sharing.link_attempt where council_id = $1 and until < $2 order by until limit 500) returning 1 as gone', [ctx.council.id, now]);
      await sql(tx, 'insert into sharing.link_attempt (council_id, state_hash, peer_id, local_id, ticket, return_to, until) values ($1, $2, $3, $4, $5, $6, $7) returning 1 as made', [ctx.council.id, hashOf(state), peerId, localId, ticket, returnTo, new Date(now.getTime() + ATTEMPT_FOR_MS)]);
    });
  }

  /** Theirs, and nobody else's. */
  async find(ctx: RequestContext, localId: string, state: string): Promise<Attempt | undefined> {
    const [row] = await this.db.query<AttemptRow>(ctx, 'select peer_id, ticket, return_to from sharing.link_attempt where council_id = $1 and state_hash = $2 and local_id = $3 and until > $4', [ctx.council.id, hashOf(state), localId, this.clock.now()]);
    return row && attemptOf(row);
  }

  /** They are back: there is no second time. */
  async take(ctx: RequestContext, localId: string, state: string): Promise<Attempt | undefined> {
    const [row] = await this.db.query<AttemptRow>(ctx, 'delete from sharing.link_attempt where council_id = $1 and state_hash = $2 and local_id = $3 and until > $4 returning peer_id, ticket, return_to', [ctx.council.id, hashOf(state), localId, this.clock.now()]);
    return row && attemptOf(row);
  }
}

interface AttemptRow { readonly peer_id: string; readonly ticket: string; readonly return_to: string }
function attemptOf({ peer_id: peerId, ticket, return_to: returnTo }: AttemptRow): Attempt { return { peerId, ticket, returnTo }; }
