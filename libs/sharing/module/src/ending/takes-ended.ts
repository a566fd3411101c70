import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { partiesOf, readAgreementEnded, ukDay, type SignedAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { SignedPost, type Came } from '../node/signed-post';
import { ENDED_TAG } from './tells-ended';

/** By how much clocks may differ. */
const SKEW_IN_MS = 30_000;

/** That another party has ended an agreement: it ends here, too, at once. What was agreed anew since, under a later version, goes on. */
@Injectable()
export class TakesEnded {
  constructor(private readonly db: Database, private readonly post: SignedPost, private readonly agreements: Agreements, @Inject(CLOCK) private readonly clock: Clock) {}

  take(ctx: RequestContext, signed: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: ENDED_TAG, title: 'The end was not taken', read: readAgreementEnded }, async ({ message: { agreement: id, version, at }, peer, nonce: { keyid, nonce, until } }) => {
      const now = this.clock.now();
      if (new Date(at).getTime() > now.getTime() + SKEW_IN_MS) return { status: 400, detail: 'This is from the future.' };
      const newest = await this.agreements.version(ctx, id);
      // Who is no party to the next one may still end that of today.
      const kept = (await this.agreements.version(ctx, id, version)) ?? newest;
      if (!newest || !kept || !partiesOf(kept.document).includes(peer.body.id)) return { status: 404, detail: `There is no agreement ${id} with this body.` };
      const isFresh = await this.db.run(ctx, async (tx) => {
        const [fresh] = await sql(tx, 'insert into sharing.nonce (council_id, keyid, nonce, until) values ($1, $2, $3, $4) on conflict do nothing returning keyid', [ctx.council.id, keyid, nonce, until]);
        if (!fresh) return false;
        // Whose clock is ahead around midnight does not end it tomorrow.
        const on = ukDay(new Date(Math.min(new Date(at).getTime(), now.getTime())));
        const ended = await sql(tx, 'update sharing.agreement set ended_on = $4, ended_by = $5 where council_id = $1 and agreement_id = $2 and version <= $3 and ended_on is null returning version', [ctx.council.id, id, version, on, peer.body.id]);
        if (ended.length > 0) audit(tx, { action: 'sharing.agreement-ended', subject: { type: 'sharing.agreement', id }, detail: { on, by: peer.body.id } });
        return true;
      });
      if (!isFresh) return { status: 409, detail: 'This message has come before.' };
      // It may be brought in yet: then this is said again.
      return version > newest.document.version ? { status: 409, detail: 'This version is not here yet.' } : { status: 200, content: { taken: true } };
    });
  }
}
