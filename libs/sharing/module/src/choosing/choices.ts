import { randomUUID } from 'node:crypto';
import { Database, enqueue, write } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { subjectMark, type ChoiceState, type Entry } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { TellChoice } from '../jobs';
import { REPLAYED, SharingLog, type Appending } from '../logging/sharing-log';

/** What is known here of somebody's choice. */
export interface KnownChoice { readonly state: ChoiceState; readonly at: string; readonly noticeDigest: string }
/** What somebody says. */
export interface Choosing {
  readonly localId: string;
  readonly subjectKey: Uint8Array;
  readonly agreementId: string;
  readonly state: ChoiceState;
  readonly at: Date;
  /** Digest of the words that were shown before. */
  readonly noticeDigest: string;
  readonly language: 'en' | 'cy';
  /** Who pressed; or another body, at which they did. */
  readonly by: 'resident' | 'adviser' | { readonly peer: string; readonly nonce: NonNullable<Appending['nonce']> };
  /** Leaves to the same commit what must be there with it. */
  readonly alongside?: Appending['alongside'];
}
/** `known` when it says nothing new, `replayed` when the other body's message has come before. */
export type Chosen = { readonly kind: 'kept'; readonly choiceId: string; readonly index: number } | { readonly kind: 'known' } | { readonly kind: 'replayed' };

/** What people have chosen. @internal */
@Injectable()
export class Choices {
  constructor(private readonly db: Database, private readonly log: SharingLog) {}

  /** The choice that counts: the latest, and of two at one moment the one that says no. */
  find(ctx: RequestContext, localId: string, agreementId: string): Promise<KnownChoice | undefined> {
    return this.#latest(ctx, 'select c.state, c.at, c.notice_digest from sharing.choice c where c.council_id = $1 and c.local_id = $2 and c.agreement_id = $3', [localId, agreementId]);
  }

  /** The same of somebody whom another body knows by this name. */
  ofNamed(ctx: RequestContext, peerId: string, pairwise: string, agreementId: string): Promise<KnownChoice | undefined> {
    return this.#latest(ctx, 'select c.state, c.at, c.notice_digest from sharing.link l join sharing.choice c on c.council_id = l.council_id and c.local_id = l.local_id where l.council_id = $1 and l.peer_id = $2 and l.pairwise = $3 and c.agreement_id = $4', [peerId, pairwise, agreementId]);
  }

  async #latest(ctx: RequestContext, choices: string, values: readonly string[]): Promise<KnownChoice | undefined> {
    const [row] = await this.db.query<{ state: ChoiceState; at: Date; notice_digest: string }>(ctx, `${choices} order by c.at desc, c.state desc limit 1`, [ctx.council.id, ...values]);
    return row && { state: row.state, at: row.at.toISOString(), noticeDigest: row.notice_digest };
  }

  /** Takes effect with this call: the next question here is decided by it. In the log, and on its way to the other parties. */
  async choose(ctx: RequestContext, { localId, subjectKey, agreementId, state, at, noticeDigest, language, by, alongside }: Choosing): Promise<Chosen> {
    const [same] = await this.db.query(ctx, 'select choice_id from sharing.choice where council_id = $1 and local_id = $2 and agreement_id = $3 and at = $4 and state = $5', [ctx.council.id, localId, agreementId, at, state]);
    if (same) return { kind: 'known' };
    // It outlives the key: an id in order of time would lead to the entry.
    const choiceId = randomUUID();
    const other = typeof by === 'string' ? undefined : by;
    const entry: Entry = {
      v: 1, t: at.toISOString(), kind: state === 'given' ? 'choice-given' : 'choice-withdrawn', exchange: null, peer: other?.peer ?? null, agreement: agreementId, purpose: null, attributes: [], subject: subjectMark(subjectKey, localId), allow: null, failed: [], req: noticeDigest, res: null,
      peerCheckpoint: null,
    };
    const appended = await this.log.append(ctx, { entry, nonce: other?.nonce, alongside: (tx) => {
      write(tx, 'insert into sharing.choice (council_id, choice_id, local_id, agreement_id, at, state, notice_digest, language, chosen_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing', [ctx.council.id, choiceId, localId, agreementId, at, state, noticeDigest, language, typeof by === 'string' ? by : 'peer']);
      alongside?.(tx);
      if (!other) enqueue(tx, TellChoice, { choiceId, tries: 0 });
    } });
    return appended === REPLAYED ? { kind: 'replayed' } : { kind: 'kept', choiceId, index: appended.index };
  }
}
