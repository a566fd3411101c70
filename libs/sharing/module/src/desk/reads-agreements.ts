import { Database } from '@guildhall/kernel';
import { CLOCK, InvalidInput, NotFound, demand, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { READ_AGREEMENTS, partiesOf, ukDay, type Agreement, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements, hasBegun, type KeptAgreement } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';
import { stateOn, type AgreementState } from './agreement-state';
import { Bodies } from './bodies';
import type { Drafted } from './drafts';

/** An agreement, or a draft of one, in the list. */
export interface ListedAgreement { readonly kind: 'agreement' | 'draft'; readonly id: string; readonly document: Drafted; readonly state: AgreementState; readonly withWhom: readonly Text[]; readonly purpose?: Text }

/** A version of an agreement, as its parties have signed it. */
export type ReadAgreement = KeptAgreement & { readonly state: AgreementState; readonly keptAt: Date; readonly envelope: Envelope };

interface ListRow { readonly kind: 'agreement' | 'draft'; readonly id: string; readonly at: Date; readonly document: Drafted; readonly ended_on: string | null; readonly is_signed_here: boolean; readonly is_signed: boolean }
const A_PAGE = 25;
const MOST_COUNTED = 100;

/** Of each agreement the version that counts on that day. */
function countsOn(day: string): string { return `not exists (select from sharing.agreement n where n.council_id = a.council_id and n.agreement_id = a.agreement_id and (${hasBegun('n', day)}, n.version) > (${hasBegun('a', day)}, a.version))`; }
const LIST = `
  select 'agreement' as kind, a.agreement_id as id, a.kept_at as at, a.document, to_char(a.ended_on, 'YYYY-MM-DD') as ended_on, true as is_signed_here, true as is_signed from sharing.agreement a where a.council_id = $1 and ${countsOn('$2')}
  union all
  select 'draft', d.draft_id::text, d.created_at, d.document, null, d.is_signed_here, d.envelope is not null from sharing.agreement_draft d where d.council_id = $1`;

/** Which agreements there are, and how they stand. */
@Injectable()
export class ReadsAgreements {
  constructor(private readonly db: Database, private readonly bodies: Bodies, private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The newest first, drafts among them. @throws InvalidInput when the place is none */
  async list(ctx: RequestContext, before?: string): Promise<{ readonly agreements: readonly ListedAgreement[]; readonly next?: string }> {
    demand(ctx, READ_AGREEMENTS);
    const place = before === undefined ? undefined : placeOf(before);
    const rows = await this.db.query<ListRow>(ctx, `select kind, id, at, document, ended_on, is_signed_here, is_signed from (${LIST}) one ${place ? 'where (at, id) < ($3, $4)' : ''} order by at desc, id desc limit ${A_PAGE + 1}`, [ctx.council.id, this.today(), ...(place ? [place.at, place.id] : [])]);
    const shown = rows.slice(0, A_PAGE);
    const vocabulary = await this.vocabulary(ctx, shown.flatMap(({ document }) => [...(document.holders ?? []), ...(document.receivers ?? [])]));
    const own = this.node.id(ctx);
    const last = rows.length > A_PAGE ? shown.at(-1) : undefined;
    return {
      agreements: shown.map((row): ListedAgreement => {
        const { kind, id, document } = row;
        const { holders = [], receivers = [] } = document;
        const purpose = vocabulary.purposes.find((one) => one.id === document.purpose)?.to;
        return { kind, id, document, state: this.#stateOf(row), withWhom: partiesOf({ holders, receivers }).filter((one) => one !== own).map((one) => vocabulary.bodies[one] ?? { en: one, cy: one }), ...(purpose && { purpose }) };
      }),
      ...(last && { next: `${last.at.getTime()}_${last.id}` }),
    };
  }

  /** The version that counts today, or another one that all have signed. @throws NotFound */
  async find(ctx: RequestContext, id: string, version?: number): Promise<ReadAgreement> {
    demand(ctx, READ_AGREEMENTS);
    return this.#read(ctx, version === undefined ? await this.agreements.find(ctx, id) : await this.agreements.version(ctx, id, version));
  }

  /** The newest version of all, which may be to come. @throws NotFound */
  async newest(ctx: RequestContext, id: string): Promise<ReadAgreement> {
    demand(ctx, READ_AGREEMENTS);
    return this.#read(ctx, await this.agreements.version(ctx, id));
  }

  async #read(ctx: RequestContext, kept: KeptAgreement | undefined): Promise<ReadAgreement> {
    const [row] = kept ? await this.db.query<{ kept_at: Date; envelope: Envelope }>(ctx, 'select kept_at, envelope from sharing.agreement where council_id = $1 and agreement_id = $2 and version = $3', [ctx.council.id, kept.document.id, kept.document.version]) : [];
    if (!kept || !row) throw new NotFound('There is no such agreement here.');
    return { ...kept, state: stateOn(this.today(), kept.document, kept.endedOn), keptAt: row.kept_at, envelope: row.envelope };
  }

  /** What was agreed before this version, where something was. */
  async versionBefore(ctx: RequestContext, { id, version }: Pick<Agreement, 'id' | 'version'>): Promise<Agreement | undefined> {
    const [row] = await this.db.query<{ document: Agreement }>(ctx, 'select document from sharing.agreement where council_id = $1 and agreement_id = $2 and version < $3 order by version desc limit 1', [ctx.council.id, id, version]);
    return row?.document;
  }

  /** Agreements whose review is due, unless what comes of it is signed already, drafts that wait for this body's signature, and bodies whose logs tell two stories, counted to a hundred. */
  async countWaiting(ctx: RequestContext): Promise<{ readonly count: number; readonly isCapped: boolean }> {
    const [found] = await this.db.query<{ count: number }>(ctx, `
      select count(*)::int as count from (
        select from sharing.agreement a where a.council_id = $1 and a.ended_on is null and a.document ->> 'review' <= $2 and a.document ->> 'until' >= $2
          and not exists (select from sharing.agreement n where n.council_id = a.council_id and n.agreement_id = a.agreement_id and n.version > a.version)
        union all select from sharing.peer p where p.council_id = $1 and p.contradiction is not null
        union all select from sharing.agreement_draft d where d.council_id = $1 and d.envelope is not null and not d.is_signed_here limit ${MOST_COUNTED + 1}) as waiting`, [ctx.council.id, this.today()]);
    const count = found?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
  }

  /** The words here, with the names of these bodies. */
  async vocabulary(ctx: RequestContext, ids: readonly string[]): Promise<ReturnType<Agreements['vocabulary']>> {
    return this.agreements.vocabulary(ctx, (await this.bodies.named(ctx, [...new Set(ids)])).map(({ body }) => body));
  }

  today(): string { return ukDay(this.clock.now()); }

  #stateOf({ kind, document, ended_on: endedOn, is_signed_here: isSignedHere, is_signed: isSigned }: ListRow): AgreementState {
    if (kind === 'draft') return isSignedHere ? 'waiting' : isSigned ? 'to-sign' : 'draft';
    const { from = '', until = '', review = '' } = document;
    return stateOn(this.today(), { from, until, review }, endedOn);
  }
}

function placeOf(text: string): { readonly at: Date; readonly id: string } {
  const [, milliseconds = '', id = ''] = /^(\d{1,15})_([a-z0-9-]{1,100})$/.exec(text) ?? [];
  const at = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(at.getTime())) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'before', message: 'is not a place in this list' }]);
  return { at, id };
}
