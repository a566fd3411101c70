import { randomBytes } from 'node:crypto';
import { Database, LOG, enqueue, extensionsOf } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type JobHandler, type Log, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, CHECKS, changeDigest, entryOf, subjectMark, type CheckId, type Decision, type ToldChange } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { ToldStanding } from '../choosing/told-standing';
import { Agreements } from '../knowing/agreements';
import { Peers, type Peer } from '../knowing/peers';
import { Links } from '../linking/links';
import { SharingLog } from '../logging/sharing-log';
import { SignedPost } from '../node/signed-post';
import { soonThenDaily } from '../node/soon-then-daily';
import { Changes, type ToBring } from './changes';
import { DecidesChange } from './decides-change';
import { BringChange } from './jobs';

export const CHANGE_TAG = 'guildhall-change';

/** What came of it; `again` when nobody could say. */
type Brought = 'again' | 'arrived' | 'confirmed' | { readonly failed: readonly CheckId[] };

/** Brings a change to one of those who are to have it: soon again at first, then every day, until they have it or may not. */
@Injectable()
export class BringsChange implements JobHandler<{ readonly changeId: string; readonly recipient: string; readonly tries: number }> {
  constructor(
    private readonly db: Database, private readonly changes: Changes, private readonly decides: DecidesChange, private readonly standing: ToldStanding, private readonly post: SignedPost, private readonly peers: Peers, private readonly agreements: Agreements, private readonly links: Links, private readonly log: SharingLog,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  async run(ctx: RequestContext, { changeId, recipient, tries }: { readonly changeId: string; readonly recipient: string; readonly tries: number }): Promise<void> {
    const waiting = await this.changes.waiting(ctx, changeId, recipient);
    if (!waiting) return;
    const [, kind, id = ''] = /^(taker|body):(.+)$/.exec(recipient) ?? [];
    const brought = kind === 'taker' ? await this.#give(ctx, id, waiting) : await this.#tell(ctx, id, recipient, waiting);
    if (typeof brought === 'object') return this.changes.settle(ctx, changeId, recipient, 'turned-down', brought.failed);
    if (brought !== 'again') return this.changes.settle(ctx, changeId, recipient, brought);
    const now = this.clock.now();
    const runAt = soonThenDaily(now, tries);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, BringChange, { changeId, recipient, tries: tries + 1 }, { runAt })));
  }

  /** To a record of this council's, unless its person has said stop since another body told it: here, or there. While nobody can say whether they have, it waits. */
  async #give(ctx: RequestContext, id: string, { change: { changeId, localId, evidence, fromPeer, createdAt: toldAt }, isStopped, toldUnder: agreementId }: ToBring): Promise<Brought> {
    const standing = isStopped ? 'stopped' : fromPeer === null || agreementId === null ? 'sure' : await this.standing.of(ctx, { agreementId, fromPeer, localId, toldAt });
    if (standing === 'stopped') return { failed: ['choice'] };
    if (standing === 'unsure') return 'again';
    const taker = extensionsOf(ctx, CHANGE_TAKER).find((one) => one.id === id);
    if (!taker) {
      this.diary.warn('sharing.no-such-taker', { taker: id });
      return 'again';
    }
    try {
      await taker.take(ctx, { changeId, personId: localId as PersonId, evidence, from: fromPeer });
      return 'confirmed';
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return 'again';
      throw error;
    }
  }

  /** To another body: decided anew each time, in the log before it leaves, and there once. */
  async #tell(ctx: RequestContext, peerId: string, recipient: string, { change, exchangeId, agreementId, salt: kept }: ToBring): Promise<Brought> {
    const { changeId, localId, attribute, evidence } = change;
    const [peer, agreement, link] = await Promise.all([this.peers.find(ctx, peerId), this.agreements.find(ctx, agreementId ?? ''), this.links.ofPerson(ctx, peerId, localId)]);
    // A body that is not known at the moment, because the list that names it has run out, may be again.
    if (!peer) return 'again';
    if (!agreement || !link || exchangeId === null) return { failed: [agreement ? 'subject' : 'agreement'] };
    const { request, decision, isCertain } = await this.decides.toTell(ctx, { exchange: exchangeId, attribute, agreement, peer, link, isHeard: true });
    // Nobody says whether they have stopped it there.
    if (!isCertain) return 'again';
    const told: ToldChange = { request, evidence, salt: kept ?? randomBytes(16).toString('base64url') };
    if (kept === null || !decision.allow) {
      const entry = entryOf('change-told', request, { at: this.clock.now(), peer: peerId, subject: subjectMark(link.subjectKey, localId), decision, req: null, res: changeDigest(told) });
      await this.log.append(ctx, { entry, alongside: (tx) => { this.changes.keepSalt(tx, changeId, recipient, told.salt); } });
    }
    return decision.allow ? this.#send(ctx, peer, told) : { failed: failedIn(decision) };
  }

  async #send(ctx: RequestContext, { body }: Peer, told: ToldChange): Promise<Brought> {
    const { request, request: { choice } } = told;
    const said = await this.post.send(ctx, body, { tag: CHANGE_TAG, path: 'changes', content: told, ...(choice?.scope !== undefined && { older: { ...told, request: { ...request, choice: { ...choice, scope: undefined } } } }) });
    if (said?.status === 200) return 'arrived';
    return said?.status === 403 ? { failed: failedSaid(said.text) } : 'again';
  }
}

function failedIn({ reasons }: Decision): readonly CheckId[] { return reasons.filter(({ pass }) => !pass).map(({ id }) => id); }

/** Which checks failed where it was told, as far as it is said. */
function failedSaid(body: string): readonly CheckId[] {
  const said = (jsonIn(body) as { readonly failed?: unknown } | undefined)?.failed;
  return Array.isArray(said) ? CHECKS.filter((id) => said.includes(id)) : [];
}
