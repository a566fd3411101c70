import { ADMIT_PUBLISHERS, areAlike, looksOf, readPublisher, type Publisher, type Submission } from '@guildhall/catalogue-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, done, isUuid, refused, type Clock, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { listPart, type ListPart } from '../browsing/list-part';
import { WritesFeed } from '../logging/writes-feed';
import { OF_A_NEWCOMER, decideSubmission } from '../taking/submission';
import { KeepsPublisher } from './keeps-publisher';
import { putOutOf, type PutOut } from './put-out';
import { ReadsPublishers } from './reads-publishers';

/** Somebody who waits to be let in, or to publish under another name. */
export interface WaitingPublisher {
  readonly submissionId: string;
  readonly submittedAt: Date;
  readonly publisher: Publisher;
  /** Who it was before; undefined of somebody new. */
  readonly before?: Publisher;
  /** Publishers whose scopes or ids look like its own. */
  readonly resembles: readonly string[];
  /** That it, or somebody of its name, was put out of this catalogue before, and why. */
  readonly putOut?: PutOut;
}
interface Row { readonly submission_id: string; readonly submitted_at: Date; readonly envelope: Envelope; readonly state: Publisher | null; readonly because: string; readonly put_out_at: Date }
/** Which of those who wait: those in whose name, id, scopes or address the words stand, and from after one of them on. */
export interface WhichWaiting { readonly words?: string | undefined; readonly after?: string | undefined }
const A_PAGE = 20;
/** What a submission is called in an address. */
export const SUBMISSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLACE = `(${OF_A_NEWCOMER}, s.submitted_at, s.submission_id)`;

/** Lets publishers in, or turns them away: a person of the catalogue makes sure once who somebody is. */
@Injectable()
export class AdmitsPublishers {
  constructor(private readonly db: Database, private readonly publishers: ReadsPublishers, private readonly feed: WritesFeed, private readonly keeping: KeepsPublisher, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Those who wait: first those who are known and want to publish under another name, whom no flood of newcomers hides; then the longest. @throws NotAllowed */
  async waiting(ctx: RequestContext, { words = '', after }: WhichWaiting = {}): Promise<ListPart<WaitingPublisher>> {
    demand(ctx, ADMIT_PUBLISHERS);
    const [rows, known] = await Promise.all([
      this.db.query<Row>(ctx, `select s.submission_id, s.submitted_at, s.envelope, o.state, o.because, o.put_out_at from catalogue.submission s
        left join catalogue.put_out o on o.council_id = s.council_id and o.publisher_id = s.publisher_id
        where s.council_id = $1 and s.kind = 'publisher' and s.state = 'waiting' and strpos(lower(coalesce(s.words, s.publisher_id)), lower($2)) > 0
        and ($3::uuid is null or ${PLACE} > (select ${OF_A_NEWCOMER}, s.submitted_at, s.submission_id from catalogue.submission s where s.council_id = $1 and s.submission_id = $3::uuid))
        order by ${OF_A_NEWCOMER}, s.submitted_at, s.submission_id limit ${A_PAGE + 1}`, [ctx.council.id, words, after ?? null]),
      this.publishers.all(ctx),
    ]);
    const { items, next } = listPart(rows, A_PAGE, ({ submission_id: id }) => id);
    const waiting = items.flatMap(({ submission_id: submissionId, submitted_at: submittedAt, envelope, state, because, put_out_at }) => {
      const publisher = publisherIn(envelope);
      if (!publisher) return [];
      const before = known.find(({ id }) => id === publisher.id);
      const resembles = known.filter((one) => one.id !== publisher.id && looksLike(one, publisher)).map(({ id }) => id);
      return [{ submissionId, submittedAt, publisher, ...(before && { before }), resembles, ...(state && { putOut: putOutOf({ state, because, put_out_at }) }) }];
    });
    return { items: waiting, next };
  }

  /** @throws NotAllowed @throws NotFound */
  admit(ctx: RequestContext, submissionId: string): Promise<Outcome<Submission, Refusal<'decided'>>> {
    return this.#decide(ctx, submissionId, 'catalogue.publisher-admitted', async (tx, envelope, publisher) => {
      const kept = await this.feed.hold(tx, (feed) => this.keeping.letIn(tx, feed, envelope, publisher));
      return kept.ok ? [] : [kept.refusal.message];
    });
  }

  /** @param because what whoever handed it in is told, in a sentence @throws NotAllowed @throws NotFound */
  turnAway(ctx: RequestContext, submissionId: string, because: string): Promise<Outcome<Submission, Refusal<'decided'>>> { return this.#decide(ctx, submissionId, 'catalogue.publisher-turned-away', () => Promise.resolve([because])); }

  async #decide(ctx: RequestContext, id: string, action: string, decide: (tx: TransactionContext, envelope: Envelope, publisher: string) => Promise<readonly string[]>): Promise<Outcome<Submission, Refusal<'decided'>>> {
    demand(ctx, ADMIT_PUBLISHERS);
    if (!isUuid(id)) throw new NotFound('There is no such publisher waiting.');
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<{ state: string; envelope: Envelope | null; publisher_id: string }>(tx, `select state, envelope, publisher_id from catalogue.submission where council_id = $1 and submission_id = $2 and kind = 'publisher' for update`, [ctx.council.id, id]);
      if (!row) throw new NotFound('There is no such publisher waiting.');
      if (row.state !== 'waiting' || !row.envelope) return refused('decided', 'Somebody else has decided this already.');
      const reasons = await decide(tx, row.envelope, row.publisher_id);
      audit(tx, { action, subject: { type: 'publisher', id: row.publisher_id }, detail: { submissionId: id, reasons } });
      return done(decideSubmission(tx, id, this.clock.now(), { reasons, by: ctx.actor.kind === 'officer' ? ctx.actor.officerId : ctx.actor.kind }));
    }, { retry: true });
  }
}

function publisherIn({ payload }: Envelope): Publisher | undefined {
  const read = readPublisher(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
  return read.ok ? read.value : undefined;
}

function looksLike(one: Publisher, other: Publisher): boolean {
  const names = ({ id, scopes }: Publisher): readonly string[] => [...new Set([id, ...scopes].map(looksOf))];
  return names(one).some((mine) => names(other).some((theirs) => areAlike({ scope: mine, name: '' }, { scope: theirs, name: '' })));
}
