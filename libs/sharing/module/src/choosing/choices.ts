import { randomUUID } from 'node:crypto';
import { Database, enqueue, write } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { choiceScope, documentDigest, subjectMark, type Agreement, type Choice, type ChoiceState, type Entry, type ExchangeRequest } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { deleteStopped } from '../evidence/delete-stopped';
import { TellChoice } from '../jobs';
import { REPLAYED, SharingLog, type Appending } from '../logging/sharing-log';

/** What is known here of somebody's choice. */
export interface KnownChoice { readonly state: ChoiceState; readonly at: string; /** What it was said of: `choiceScope`. */ readonly scope: string; readonly noticeDigest: string }
/** What somebody says. */
export interface Choosing {
  readonly localId: string;
  readonly subjectKey: Uint8Array;
  readonly agreementId: string;
  readonly state: ChoiceState;
  readonly at: Date;
  /** What it is said of: `choiceScope` of the agreement that was shown; null where a body of a version before it does not say. */
  readonly scope: string | null;
  /** Digest of the words that were shown before. */
  readonly noticeDigest: string;
  readonly language: 'en' | 'cy';
  /** Who pressed; or another body, at which they did. */
  readonly by: 'resident' | 'adviser' | { readonly peer: string; readonly nonce: NonNullable<Appending['nonce']>; /** Who pressed there. */ readonly pressed: Choice['by']; /** Whether there are more who are to know. */ readonly isPassedOn: boolean };
  /** Leaves to the same commit what must be there with it. */
  readonly alongside?: Appending['alongside'];
}
/** `known` when it says nothing new, `replayed` when the other body's message has come before. */
export type Chosen = { readonly kind: 'kept'; readonly choiceId: string; readonly index: number } | { readonly kind: 'known' } | { readonly kind: 'replayed' };

/** Whether a version was kept and had begun when it was said. */
const WAS_THERE = `(a.kept_at <= c.at and a.document ->> 'from' <= to_char(c.at at time zone 'Europe/London', 'YYYY-MM-DD'))`;
/** Of a choice that does not say what it was said of, because it is older than that: the agreement as it was then. */
export const AGREED_THEN = `case when c.scope is null then (
  select a.document from sharing.agreement a where a.council_id = c.council_id and a.agreement_id = c.agreement_id
  order by ${WAS_THERE} desc, case when ${WAS_THERE} then -a.version else a.version end limit 1) end as agreed_then`;
/** What a choice that is kept was said of. */
export function scopeOf({ scope, agreed_then: agreed }: { readonly scope: string | null; readonly agreed_then: Agreement | null }): string { return scope ?? (agreed ? choiceScope(agreed) : ''); }

/** A choice as it is kept. */
export interface ChoiceRow { readonly state: ChoiceState; readonly at: Date; readonly scope: string | null; readonly agreed_then: Agreement | null; readonly notice_digest: string }
export function choiceIn(row: ChoiceRow): KnownChoice { return { state: row.state, at: row.at.toISOString(), scope: scopeOf(row), noticeDigest: row.notice_digest }; }

/** What is said of it to another body. Not of a no: it counts for every version, and is to be taken by bodies of versions that know no scope. */
export function scopeSaid({ state, scope }: Pick<Choice, 'state' | 'scope'>): Pick<Choice, 'scope'> { return state === 'given' && scope ? { scope } : {}; }

/** A choice as a question says it. @param asOf until when this body is sure to know of any other; of none that is earlier */
export function choiceSaid(choice: Pick<Choice, 'state' | 'at' | 'scope'> | undefined, asOf: Date): ExchangeRequest['choice'] {
  return choice ? { state: choice.state, at: choice.at, ...scopeSaid(choice), asOf: new Date(Math.max(asOf.getTime(), new Date(choice.at).getTime())).toISOString(), receipt: documentDigest(choice) } : null;
}

/** What people have chosen. @internal */
@Injectable()
export class Choices {
  constructor(private readonly db: Database, private readonly log: SharingLog) {}

  /** The latest choice, and of two at one moment the one that says no. Whether it counts for the version of today is for `choiceThatCounts` to say. */
  async find(ctx: RequestContext, localId: string, agreementId: string): Promise<KnownChoice | undefined> {
    const [row] = await this.db.query<ChoiceRow>(ctx, `select c.state, c.at, c.scope, c.notice_digest, ${AGREED_THEN} from sharing.choice c where c.council_id = $1 and c.local_id = $2 and c.agreement_id = $3 order by c.at desc, c.state desc limit 1`, [ctx.council.id, localId, agreementId]);
    return row && choiceIn(row);
  }

  /** Takes effect with this call: the next question here is decided by it. In the log, and on its way to the other parties. */
  async choose(ctx: RequestContext, { localId, subjectKey, agreementId, state, at, scope, noticeDigest, language, by, alongside }: Choosing): Promise<Chosen> {
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
      write(tx, 'insert into sharing.choice (council_id, choice_id, local_id, agreement_id, at, state, scope, notice_digest, language, chosen_by, told_by, pressed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing', [ctx.council.id, choiceId, localId, agreementId, at, state, scope, noticeDigest, language, typeof by === 'string' ? by : 'peer', other?.peer ?? null, other?.pressed ?? null]);
      if (state === 'withdrawn') deleteStopped(tx, { localId, agreementId });
      alongside?.(tx);
      if (!other || other.isPassedOn) enqueue(tx, TellChoice, { choiceId, tries: 0 });
    } });
    return appended === REPLAYED ? { kind: 'replayed' } : { kind: 'kept', choiceId, index: appended.index };
  }
}
