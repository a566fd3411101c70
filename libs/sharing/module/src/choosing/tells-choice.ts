import { Database, LOG, enqueue } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { partiesOf, type Agreement, type Choice, type ChoiceState } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { TellChoice } from '../jobs';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { SignedPost } from '../node/signed-post';
import { soonThenDaily } from '../node/soon-then-daily';
import { AGREED_THEN, scopeOf, scopeSaid } from './choices';

export const CHOICE_TAG = 'guildhall-choice';
/** What whoever is told says of a name that it does not know. */
export const UNKNOWN_SUBJECT = 'subject';

interface ChoiceRow { readonly local_id: string; readonly agreement_id: string; readonly at: Date; readonly state: ChoiceState; readonly scope: string | null; readonly agreed_then: Agreement | null; readonly notice_digest: string; readonly language: 'en' | 'cy'; readonly chosen_by: 'resident' | 'adviser' | 'peer'; readonly told_by: string | null; readonly pressed_by: 'resident' | 'adviser' | null }

/** Tells the other parties what somebody has chosen, here or at one of them, each by the name that the two have for them. Told twice it is one choice, and goes no further. */
@Injectable()
export class TellsChoice implements JobHandler<{ readonly choiceId: string; readonly tries: number }> {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly links: Links,
    private readonly post: SignedPost, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  /** Whoever could not be told is told later: soon at first, then every day until they know. A no is never given up. */
  async run(ctx: RequestContext, { choiceId, tries }: { readonly choiceId: string; readonly tries: number }): Promise<void> {
    const [row] = await this.db.query<ChoiceRow>(ctx, `select c.local_id, c.agreement_id, c.at, c.state, c.scope, c.notice_digest, c.language, c.chosen_by, c.told_by, c.pressed_by, ${AGREED_THEN} from sharing.choice c where c.council_id = $1 and c.choice_id = $2`, [ctx.council.id, choiceId]);
    if (!row) return;
    const kept = await this.agreements.find(ctx, row.agreement_id);
    const others = kept && partiesOf(kept.document).filter((id) => id !== this.node.id(ctx) && id !== row.told_by);
    const told = others && (await Promise.all(others.map((id) => this.#tell(ctx, id, row))));
    if (told?.every(Boolean)) return;
    const now = this.clock.now();
    const runAt = soonThenDaily(now, tries);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellChoice, { choiceId, tries: tries + 1 }, { runAt })));
  }

  /** Whether it need not be told any more: it has said, signed, that it knows, or that it knows nobody of that name. What anybody might have answered, or what may be otherwise tomorrow, settles nothing. */
  async #tell(ctx: RequestContext, peerId: string, row: ChoiceRow): Promise<boolean> {
    const { local_id: localId, agreement_id: agreement, at, state, notice_digest: noticeDigest, language, chosen_by: by, pressed_by: pressed } = row;
    const [peer, link] = await Promise.all([this.peers.find(ctx, peerId), this.links.ofPerson(ctx, peerId, localId)]);
    // The two have no name for them: there is nobody to tell it of.
    if (!link) return true;
    const choice: Choice = { agreement, subject: link.pairwise, state, at: at.toISOString(), ...scopeSaid({ state, scope: scopeOf(row) }), noticeDigest, language, by: by === 'peer' ? (pressed ?? 'resident') : by };
    // A body that is not known at the moment, because the list that names it has run out, may be again.
    const said = peer && (await this.post.send(ctx, peer.body, { tag: CHOICE_TAG, path: 'choices', content: choice, ...(choice.scope !== undefined && { older: { ...choice, scope: undefined } }) }));
    if (said?.status !== 404 || (jsonIn(said.text) as { readonly unknown?: unknown } | undefined)?.unknown !== UNKNOWN_SUBJECT) return said?.status === 200;
    this.diary.warn('sharing.choice-not-taken', { peer: peerId, status: said.status });
    return true;
  }
}
