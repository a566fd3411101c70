import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, InvalidInput, NotFound, demand, done, isGuildhallError, refused, type Clock, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS, type Body, type Guideline } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import type { SettledContradiction } from '../watching/settles-contradiction';

const A_PAGE = 25;
const MOST_CHOICES = 100;
/** It is looked at every five minutes, and what was not to be had once may be there the next time. */
const SHOWN_WITHIN_MS = 60 * 60 * 1000;
/** What a body (`p`) keeps to: its own first. */
const GUIDELINES = `(
  select jsonb_agg(jsonb_build_object('guideline', g.guideline, 'taken_at', g.taken_at) order by g.issuer) from (
    select '' as issuer, o.guideline, o.taken_at from sharing.peer_guideline o where o.council_id = p.council_id and o.peer_id = p.peer_id
    union all select f.issuer, f.guideline, f.taken_at from sharing.peer_followed_guideline f where f.council_id = p.council_id and f.peer_id = p.peer_id) g) as guidelines`;

/** A guideline that another body keeps to. */
export interface KeptGuideline { readonly guideline: Guideline; readonly takenAt: Date }
/** A body as the desk knows it. */
export interface KnownBody { readonly body: Body; readonly pinnedAt: Date; /** What it keeps to, as far as it is here: its own first, then those of whoever issues a list that is followed here. */ readonly guidelines: readonly KeptGuideline[]; /** By which list it is known, and until when; without one its keys were compared here. */ readonly listId?: string; readonly knownUntil?: Date; /** Two signed notes of its log that cannot both be true: nothing is shared with it. */ readonly contradiction?: readonly string[]; /** Since when its log was not shown as far as it has said that it goes. */ readonly unprovedSince?: Date; readonly settled: readonly SettledContradiction[] }
interface BodyRow { readonly body: Body; readonly pinned_at: Date; readonly guidelines: readonly { readonly guideline: Guideline; readonly taken_at: string }[] | null; readonly list_id: string | null; readonly known_until: Date | null; readonly contradiction: readonly string[] | null; readonly contradictions_settled: readonly SettledContradiction[]; readonly unproved_since: Date | null }

/** The bodies with which this one shares, as an officer looks after them. @internal */
@Injectable()
export class Bodies {
  constructor(private readonly db: Database, private readonly peers: Peers, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** By their ids. @param after the id after which a page begins */
  async list(ctx: RequestContext, after?: string): Promise<{ readonly bodies: readonly KnownBody[]; readonly next?: string }> {
    demand(ctx, READ_AGREEMENTS);
    if (after !== undefined && !/^[a-z0-9-]{1,100}$/.test(after)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not a place in this list' }]);
    const rows = await this.db.query<BodyRow>(ctx, `
      select p.body, p.pinned_at, p.list_id, p.known_until, p.contradiction, p.contradictions_settled, p.unproved_since, ${GUIDELINES} from sharing.peer p
      where p.council_id = $1 and p.peer_id > $2 order by p.peer_id limit ${A_PAGE + 1}`, [ctx.council.id, after ?? '']);
    return { bodies: rows.slice(0, A_PAGE).map((row) => this.#bodyOf(row)), ...(rows.length > A_PAGE && { next: rows[A_PAGE - 1]?.body.id }) };
  }

  /** Those of these that are known. */
  async named(ctx: RequestContext, ids: readonly string[]): Promise<readonly KnownBody[]> {
    const rows = await this.db.query<BodyRow>(ctx, `
      select p.body, p.pinned_at, p.list_id, p.known_until, p.contradiction, p.contradictions_settled, p.unproved_since, ${GUIDELINES} from sharing.peer p
      where p.council_id = $1 and p.peer_id = any($2) order by p.peer_id`, [ctx.council.id, ids]);
    return rows.map((row) => this.#bodyOf(row));
  }

  /** Those whose logs tell two stories. */
  async contradicted(ctx: RequestContext): Promise<readonly Body[]> {
    const rows = await this.db.query<{ body: Body }>(ctx, `select body from sharing.peer where council_id = $1 and contradiction is not null order by peer_id limit ${MOST_CHOICES}`, [ctx.council.id]);
    return rows.map(({ body }) => body);
  }

  /** The ids of those that can be chosen in a form: of more than a hundred, the first. */
  async choices(ctx: RequestContext): Promise<readonly string[]> {
    const rows = await this.db.query<{ peer_id: string }>(ctx, `select peer_id from sharing.peer where council_id = $1 and (known_until is null or known_until > $2) order by peer_id limit ${MOST_CHOICES}`, [ctx.council.id, this.clock.now()]);
    return rows.map(({ peer_id: id }) => id);
  }

  /** @throws NotFound */
  async find(ctx: RequestContext, id: string): Promise<KnownBody> {
    demand(ctx, READ_AGREEMENTS);
    const [found] = await this.named(ctx, [id]);
    if (!found) throw new NotFound('No such body is known here.');
    return found;
  }

  /** Takes a body as one to share with, or its new keys. What was found of its systems stays. */
  async pin(ctx: RequestContext, body: Body): Promise<Outcome<void, Refusal<'own' | 'other-log'>>> {
    demand(ctx, MANAGE_AGREEMENTS);
    if (body.id === this.node.id(ctx)) return refused('own', 'This is the document of this body itself. Paste the other one’s.');
    const known = await this.peers.find(ctx, body.id);
    try {
      await this.peers.pin(ctx, { body, running: known?.running, ...(known && { assessments: known.assessments }) });
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
      return refused('other-log', error.message);
    }
    return done(undefined);
  }

  /** Keeps what another body holds to be right in sharing. On record. */
  async takeGuideline(ctx: RequestContext, id: string, guideline: Guideline): Promise<Outcome<void, Refusal<'not-theirs'>>> {
    demand(ctx, MANAGE_AGREEMENTS);
    const { body } = await this.find(ctx, id);
    const isTheirs = guideline.by === body.id;
    const { lists = [] } = this.node.options(ctx);
    if (!isTheirs && !lists.some(({ by }) => by.id === guideline.by)) return refused('not-theirs', `This guideline is by ${guideline.by}, not by ${body.id} or by whoever issues a list that is followed here.`);
    await this.db.run(ctx, async (tx) => {
      const values = [ctx.council.id, body.id, JSON.stringify(guideline), this.clock.now()];
      if (isTheirs) {
        await sql(tx, `
          insert into sharing.peer_guideline (council_id, peer_id, guideline, taken_at) values ($1, $2, $3, $4)
          on conflict (council_id, peer_id) do update set guideline = excluded.guideline, taken_at = excluded.taken_at`, values);
      } else {
        await sql(tx, `
          insert into sharing.peer_followed_guideline (council_id, peer_id, issuer, guideline, taken_at) values ($1, $2, $5, $3, $4)
          on conflict (council_id, peer_id, issuer) do update set guideline = excluded.guideline, taken_at = excluded.taken_at`, [...values, guideline.by]);
      }
      audit(tx, { action: 'sharing.guideline-taken', subject: { type: 'sharing.peer', id: body.id }, detail: { guideline: guideline.id, by: guideline.by, version: guideline.version } });
    });
    return done(undefined);
  }

  #bodyOf({ body, pinned_at: pinnedAt, guidelines, list_id: listId, known_until: knownUntil, contradiction, contradictions_settled: settled, unproved_since: since }: BodyRow): KnownBody {
    const isUnproved = since !== null && !contradiction && this.clock.now().getTime() - since.getTime() >= SHOWN_WITHIN_MS;
    return { body, pinnedAt, settled, ...(contradiction && { contradiction }), ...(isUnproved && { unprovedSince: since }), ...(listId !== null && knownUntil && { listId, knownUntil }), guidelines: (guidelines ?? []).map(({ guideline, taken_at: at }) => ({ guideline, takenAt: new Date(at) })) };
  }
}
