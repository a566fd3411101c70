import { Database, enqueue, publish, sql, write } from '@guildhall/kernel';
import { CLOCK, IDS, isUuid, type Clock, type Ids, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { InformationCorrected, subjectMark, type AnswerTimeTold, type ChangeConfirmed, type Corrected, type Correction, type DisputeAnswered, type Disputed } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal } from '../data/sealed';
import { Agreements } from '../knowing/agreements';
import { REPLAYED, SharingLog, type Appending } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { CLOSE_ANSWERED } from './close-answered';
import { isOver, isToldBy, saidOf, sealedWith, toldWith, type KeptTime, type SaidStep } from './dispute-time';
import { entryAbout } from './entry-about';
import { TellOfDispute } from './jobs';
import type { Said } from './takes-correction';

/** `known`: it says nothing new. `not-agreed`: by no agreement these two share that. `not-known`: nothing was said here under that name. */
export type Kept = 'kept' | 'known' | 'replayed' | 'not-agreed' | 'not-known';

/** Keeps what another body has said of something that was wrong, with its line in the log. */
@Injectable()
export class KeepsCorrection {
  constructor(private readonly db: Database, private readonly agreements: Agreements, private readonly node: OwnNode, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  keep(ctx: RequestContext, said: Said): Promise<Kept> {
    const { message } = said;
    switch (message.kind) {
      case 'disputed': return this.#disputed(ctx, { ...said, message });
      case 'answered': return this.#answered(ctx, { ...said, message });
      case 'time': return this.#time(ctx, { ...said, message });
      case 'corrected': return this.#corrected(ctx, { ...said, message });
      case 'confirmed': return this.#confirmed(ctx, { ...said, message });
    }
  }

  /** From now on it is told to nobody here, either, until it is answered. */
  async #disputed(ctx: RequestContext, said: Said<Disputed>): Promise<Kept> {
    const { peerId, message: { id, attribute, at, agreement }, link } = said;
    if (!(await this.#isShared(ctx, said.message, { holder: this.node.id(ctx), receiver: peerId }))) return 'not-agreed';
    const [same] = await this.db.query<{ from_peer: string | null }>(ctx, 'select from_peer from sharing.dispute where council_id = $1 and dispute_id = $2', [ctx.council.id, id]);
    if (same) return same.from_peer === peerId ? 'known' : 'not-known';
    return this.#write(ctx, said, { kind: 'disputed', agreement, at: new Date(at) }, (tx) => {
      write(tx, `insert into sharing.dispute (council_id, dispute_id, local_id, attribute, raised_at, raised_by, from_peer) values ($1, $2, $3, $4, $5, 'peer', $6) on conflict do nothing`, [tx.council.id, id, link.localId, attribute, at, peerId]);
    });
  }

  /** What was passed on is answered when everybody has answered to whom it was. */
  async #answered(ctx: RequestContext, said: Said<DisputeAnswered>): Promise<Kept> {
    const { peerId, message: { id, outcome, words, at }, link } = said;
    const [passed] = await this.db.query<{ is_answered: boolean; time: KeptTime | null; said: Buffer | null }>(ctx, `
      select d.time, d.said, exists (select from sharing.dispute_answer a where a.council_id = $1 and a.dispute_id = $2 and a.body_id = $3) as is_answered
      from sharing.outgoing o left join sharing.dispute d on d.council_id = o.council_id and d.dispute_id = o.about where o.council_id = $1 and o.about = $2 and o.kind = 'disputed' and o.peer_id = $3 and o.local_id = $4 limit 1`, [ctx.council.id, id, peerId, link.localId]);
    if (!passed) return 'not-known';
    if (passed.is_answered) return 'known';
    const sealed = words && seal(ctx, `dispute-answer ${id} ${peerId}`, JSON.stringify(words)).toString('base64');
    return this.#write(ctx, said, { kind: outcome === 'corrected' ? 'corrected' : 'found-right' }, (tx) => {
      write(tx, `insert into sharing.dispute_answer (council_id, dispute_id, body_id, outcome, sealed, answered_at) values ($1, $2, $3, $4, decode($5, 'base64'), $6) on conflict do nothing`, [tx.council.id, id, peerId, outcome, sealed, at]);
      // By when it answers nobody asks any more, also where a version before has kept that as if there were one such body.
      write(tx, `update sharing.dispute set time = case when $4 and not time ? 'toldBy' then (time - 'told') || '{"toldBy": {}}' else time #- array['toldBy', $3::text] end where council_id = $1 and dispute_id = $2 and time is not null`, [tx.council.id, id, peerId, isToldBy(passed.time, saidOf(tx, id, passed.said), peerId)]);
      write(tx, CLOSE_ANSWERED, [tx.council.id, id, this.clock.now()]);
    });
  }

  /** What the resident is to know while they wait: on their page, and by a message from here, too, where they said it. Nothing of it is in the log, since nothing of theirs is told by it. */
  async #time(ctx: RequestContext, { peerId, message: { id: disputeId, step, words, dueOn, isPaused, at }, link: { localId } }: Said<AnswerTimeTold>): Promise<Kept> {
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<{ time: KeptTime | null; said: Buffer | null; is_answered: boolean }>(tx, `
        select d.time, d.said, d.answered_at is not null or exists (select from sharing.dispute_answer a where a.council_id = $1 and a.dispute_id = $2 and a.body_id = $3) as is_answered from sharing.dispute d where d.council_id = $1 and d.dispute_id = $2 and d.local_id = $4 and exists (select from sharing.outgoing o where o.council_id = $1 and o.about = $2 and o.kind = 'disputed' and o.peer_id = $3 and o.local_id = $4) for update`, [tx.council.id, disputeId, peerId, localId]);
      if (!row) return 'not-known';
      const said = saidOf(tx, disputeId, row.said);
      if (row.is_answered || said.some((one) => one.body === peerId && one.kind === step && one.at === at)) return 'known';
      const told: SaidStep = { kind: step, at, body: peerId, words };
      const time: KeptTime = { isExtended: step === 'extended' || (row.time?.isExtended ?? false), version: (row.time?.version ?? 0) + 1, toldBy: toldWith(row.time, said, { body: peerId, kind: step, at, dueOn, isPaused }) };
      await sql(tx, `update sharing.dispute set time = $3, said = decode($4, 'base64') where council_id = $1 and dispute_id = $2`, [tx.council.id, disputeId, JSON.stringify(time), sealedWith(tx, disputeId, row.said, told)]);
      if (!isOver(told, said)) enqueue(tx, TellOfDispute, { disputeId, messageId: this.ids.uuid(), step, at, body: peerId });
      return 'kept';
    });
  }

  /** What was kept of it until then is gone: whoever else keeps it hears of it, and the body's own systems find it in their inbox. */
  async #corrected(ctx: RequestContext, said: Said<Corrected>): Promise<Kept> {
    const { peerId, message: { id, attribute, agreement, at }, link } = said;
    if (!(await this.#isShared(ctx, said.message, { holder: peerId, receiver: this.node.id(ctx) }))) return 'not-agreed';
    const [same] = await this.db.query<{ from_peer: string | null }>(ctx, 'select from_peer from sharing.change where council_id = $1 and change_id = $2', [ctx.council.id, id]);
    if (same) return same.from_peer === peerId ? 'known' : 'not-known';
    return this.#write(ctx, said, { kind: 'corrected', agreement }, (tx) => {
      write(tx, `insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) values ($1, $2, 'corrected', $3, $4, $5, $6) on conflict do nothing`, [tx.council.id, id, link.localId, attribute, peerId, this.clock.now()]);
      write(tx, 'delete from sharing.evidence where council_id = $1 and local_id = $2 and attribute = $3 and told_by = $4 and kept_at <= $5', [tx.council.id, link.localId, attribute, peerId, at]);
      if (isUuid(link.localId)) publish(tx, InformationCorrected, { personId: link.localId as PersonId, attribute, by: peerId });
    });
  }

  /** Nothing of it is in the log: that it was told stands there, and that it arrived. */
  async #confirmed(ctx: RequestContext, { peerId, message: { id }, link }: Said<ChangeConfirmed>): Promise<Kept> {
    const found = await this.db.run(ctx, (tx) => sql<{ change_id: string }>(tx, `
      update sharing.change_delivery d set state = 'confirmed', at = case d.state when 'confirmed' then d.at else $4 end from sharing.change c
      where d.council_id = $1 and d.exchange_id = $2 and d.recipient = $3 and d.state in ('waiting', 'arrived', 'confirmed') and c.council_id = d.council_id and c.change_id = d.change_id and c.local_id = $5 returning d.change_id`, [ctx.council.id, id, `body:${peerId}`, this.clock.now(), link.localId]));
    return found.length > 0 ? 'kept' : 'not-known';
  }

  async #write(ctx: RequestContext, { peerId, message: { attribute }, link, nonce }: Said, { kind, agreement = null, at = this.clock.now() }: { readonly kind: 'disputed' | 'corrected' | 'found-right'; readonly agreement?: string | null; readonly at?: Date }, alongside: NonNullable<Appending['alongside']>): Promise<Kept> {
    const entry = entryAbout(kind, { at, attribute, subject: subjectMark(link.subjectKey, link.localId), peer: peerId, agreement });
    return (await this.log.append(ctx, { entry, nonce, alongside })) === REPLAYED ? 'replayed' : 'kept';
  }

  /** Also by an agreement that has ended, or a version of before: what was told by it is still theirs. */
  #isShared(ctx: RequestContext, { agreement, attribute }: Extract<Correction, { readonly agreement: string }>, between: { readonly holder: string; readonly receiver: string }): Promise<boolean> {
    return this.agreements.everLet(ctx, agreement, { ...between, attribute });
  }
}
