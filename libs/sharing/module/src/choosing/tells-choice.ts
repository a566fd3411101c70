import { randomBytes, randomInt } from 'node:crypto';
import { Database, LOG, OUTBOUND, enqueue, nextTryAt } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { partiesOf, signRequest, type Agreement, type Choice, type ChoiceState } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { TellChoice } from '../jobs';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { AGREED_THEN, scopeOf } from './choices';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

interface ChoiceRow { readonly local_id: string; readonly agreement_id: string; readonly at: Date; readonly state: ChoiceState; readonly scope: string | null; readonly agreed_then: Agreement | null; readonly notice_digest: string; readonly language: 'en' | 'cy'; readonly chosen_by: 'resident' | 'adviser' }

/** Tells the other parties what somebody has chosen, each by the name that the two have for them. Told twice it is one choice. */
@Injectable()
export class TellsChoice implements JobHandler<{ readonly choiceId: string; readonly tries: number }> {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly links: Links,
    @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  /** Whoever could not be told is told later: soon at first, then every day until they know. A no is never given up. */
  async run(ctx: RequestContext, { choiceId, tries }: { readonly choiceId: string; readonly tries: number }): Promise<void> {
    const [row] = await this.db.query<ChoiceRow>(ctx, `select c.local_id, c.agreement_id, c.at, c.state, c.scope, c.notice_digest, c.language, c.chosen_by, ${AGREED_THEN} from sharing.choice c where c.council_id = $1 and c.choice_id = $2`, [ctx.council.id, choiceId]);
    const kept = row && (await this.agreements.find(ctx, row.agreement_id));
    if (!row || !kept) return;
    const others = partiesOf(kept.document).filter((id) => id !== this.node.id(ctx));
    const told = await Promise.all(others.map((id) => this.#tell(ctx, id, row)));
    if (told.every(Boolean)) return;
    const now = this.clock.now();
    const runAt = nextTryAt(now, tries + 1, randomInt(1000) / 1000) ?? new Date(now.getTime() + DAY_IN_MS);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellChoice, { choiceId, tries: tries + 1 }, { runAt })));
  }

  /** Whether it need not be told any more: it knows, or it knows nobody of that name. */
  async #tell(ctx: RequestContext, peerId: string, row: ChoiceRow): Promise<boolean> {
    const { local_id: localId, agreement_id: agreement, at, state, notice_digest: noticeDigest, language, chosen_by: by } = row;
    const [peer, link] = await Promise.all([this.peers.find(ctx, peerId), this.links.ofPerson(ctx, peerId, localId)]);
    if (!peer || !link) return true;
    const choice: Choice = { agreement, subject: link.pairwise, state, at: at.toISOString(), scope: scopeOf(row), noticeDigest, language, by };
    const message = signRequest({ method: 'POST', targetUri: `${peer.body.endpoint}/choices`, body: JSON.stringify(choice) }, this.node.signer(ctx), { tag: 'guildhall-choice', created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
    const { status } = await this.outbound.fetch(message.targetUri, { method: 'POST', headers: message.fields as Readonly<Record<string, string>>, body: message.body, ignoresBody: true, ...this.node.guard(ctx, peer.isListed) }).catch(() => ({ status: 0 }));
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) this.diary.warn('sharing.choice-not-taken', { peer: peerId, status });
    return status >= 200 && status < 500 && status !== 408 && status !== 429;
  }
}
