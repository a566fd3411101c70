import { Database, Sessions, audit, sql } from '@guildhall/kernel';
import type { SessionInList } from '@guildhall/kernel';
import { NotAuthenticated, NotFound, done, refused } from '@guildhall/kernel-contract';
import type { Outcome, PersonId, Refusal, RequestContext, Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { redirectsOf } from '../signing-in/providers';

/** One way into an account, as its owner sees it. */
export interface WayInList { readonly id: string; readonly provider: string; readonly kind: 'email' | 'text' | 'redirect' | 'gone'; readonly title?: Text; readonly lastUsedAt: Date }

/** The ways into a resident's account, and the devices on which it is open. */
@Injectable()
export class WaysAndDevices {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Sessions) private readonly sessions: Sessions) {}

  async ways(ctx: RequestContext, personId: PersonId): Promise<readonly WayInList[]> {
    const rows = await this.database.query<{ sign_in_id: string; provider: string; issuer: string; last_used_at: Date }>(ctx, 'select sign_in_id, provider, issuer, last_used_at from identity.sign_in where council_id = $1 and person_id = $2 order by created_at, sign_in_id limit 100', [ctx.council.id, personId]);
    return rows.map((row) => {
      const title = redirectsOf(ctx, 'resident').find(({ id }) => id === row.provider)?.provider.title;
      const kind = row.issuer === 'code:email' ? 'email' : row.issuer === 'code:text' ? 'text' : title ? 'redirect' : 'gone';
      return { id: row.sign_in_id, provider: row.provider, kind, title, lastUsedAt: row.last_used_at };
    });
  }

  /** Closes a way in, and whatever is open but this: who came in by it stays in nowhere. The last one stays: nobody could come back. */
  async remove(ctx: RequestContext, personId: PersonId, signInId: string): Promise<Outcome<void, Refusal<'last-way-in'>>> {
    return this.database.run(ctx, async (tx) => {
      const rows = await sql<{ sign_in_id: string }>(tx, 'select sign_in_id from identity.sign_in where council_id = $1 and person_id = $2 order by sign_in_id for update', [tx.council.id, personId]);
      if (!rows.some(({ sign_in_id }) => sign_in_id === signInId)) throw new NotFound();
      if (rows.length < 2) return refused('last-way-in', 'This is the only way to sign in.');
      await sql(tx, 'delete from identity.sign_in where council_id = $1 and sign_in_id = $2', [tx.council.id, signInId]);
      await this.sessions.endOthersOfPerson(tx, personId, thisSession(ctx));
      audit(tx, { action: 'identity.way-in-removed', subject: { type: 'person', id: personId }, personId, detail: { signInId } });
      return done(undefined);
    });
  }

  devices(ctx: RequestContext, personId: PersonId): Promise<readonly SessionInList[]> {
    return this.sessions.ofPerson(ctx, personId, thisSession(ctx));
  }

  /** Signs out on one other device, or on all others. */
  async end(ctx: RequestContext, personId: PersonId, which: string | 'others'): Promise<void> {
    if (which !== 'others' && !(await this.devices(ctx, personId)).some(({ id, isThis }) => id === which && !isThis)) return;
    await this.database.run(ctx, (tx) => (which === 'others' ? this.sessions.endOthersOfPerson(tx, personId, thisSession(ctx)) : this.sessions.endOfPerson(tx, personId, which)));
  }
}

/** The session in which they say so; nothing where a program speaks for them, and then none is kept. @throws NotAuthenticated */
function thisSession({ actor }: RequestContext): string {
  if (actor.kind !== 'resident') throw new NotAuthenticated();
  return actor.sessionId ?? '';
}
