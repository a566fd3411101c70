import { Database, audit, hasContract, providersOf } from '@guildhall/kernel';
import { IDENTITY, READ_PEOPLE, type IdentityApi } from '@guildhall/identity-contract';
import { CLOCK, InvalidInput, NotFound, demand, isUuid, may, unlessUnavailable, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { ANSWER_DISPUTES, EVIDENCE_SOURCE, type AttributeDefinition, type Evidence, type EvidenceSource } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { dueOn, type DisputeDue, type TimeRow } from './dispute-time';

const A_PAGE = 25;
const MOST_COUNTED = 100;

/** Something that somebody says is wrong, in the list. */
export interface ListedDispute extends DisputeDue { readonly disputeId: string; readonly title: Text; readonly raisedAt: Date; /** `passed-on`: another body answers it, since it told what is disputed. `paused`: it waits until it is certain who says so. */ readonly state: 'open' | 'late' | 'paused' | 'passed-on'; readonly fromPeer?: string }
/** What is held, with what its record is called; without it the record has no title. */
export interface HeldHere extends Evidence { readonly from?: Text }
/** One of them, with what is held. */
export interface DisputeToAnswer extends ListedDispute { readonly localId: string; readonly name?: string; readonly attribute: AttributeDefinition; readonly held: readonly HeldHere[]; readonly isPartial: boolean; readonly isOpen: boolean }

interface DisputeRow extends TimeRow { readonly dispute_id: string; readonly local_id: string; readonly attribute: string; readonly answered_at: Date | null; readonly from_peer: string | null; readonly is_passed_on: boolean }

const PASSED_ON = `exists (select from sharing.outgoing o where o.council_id = d.council_id and o.about = d.dispute_id and o.kind = 'disputed' and o.turned_down_at is null)`;
const COLUMNS = `d.dispute_id, d.local_id, d.attribute, d.raised_at, d.time, d.answered_at, d.from_peer, ${PASSED_ON} as is_passed_on`;

/** What residents say is wrong, as officers see it who answer them. */
@Injectable()
export class OpenDisputes {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Those without an answer, the oldest first. @param after the `next` of the page before @throws InvalidInput when that is none */
  async list(ctx: RequestContext, after?: string): Promise<{ readonly disputes: readonly ListedDispute[]; readonly next?: string }> {
    demand(ctx, ANSWER_DISPUTES);
    const place = after === undefined ? undefined : placeOf(after);
    const rows = await this.db.query<DisputeRow>(ctx, `select ${COLUMNS} from sharing.dispute d where d.council_id = $1 and d.answered_at is null ${place ? 'and (d.raised_at, d.dispute_id) > ($2, $3)' : ''} order by d.raised_at, d.dispute_id limit ${A_PAGE + 1}`, [ctx.council.id, ...(place ? [place.at, place.id] : [])]);
    const shown = rows.slice(0, A_PAGE);
    const last = rows.length > A_PAGE ? shown.at(-1) : undefined;
    return { disputes: shown.map((row) => this.#listed(ctx, row)), ...(last && { next: `${last.raised_at.getTime()}_${last.dispute_id}` }) };
  }

  /** One of them with what this body holds of it. That an officer looked is on record. @throws NotFound */
  async find(ctx: RequestContext, disputeId: string): Promise<DisputeToAnswer> {
    demand(ctx, ANSWER_DISPUTES);
    const [row] = isUuid(disputeId) ? await this.db.query<DisputeRow>(ctx, `select ${COLUMNS} from sharing.dispute d where d.council_id = $1 and d.dispute_id = $2`, [ctx.council.id, disputeId]) : [];
    if (!row) throw new NotFound('There is no such dispute here.');
    const { local_id: localId, attribute: id } = row;
    const personId = isUuid(localId) ? localId : undefined;
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.dispute-looked-at', subject: { type: 'sharing.dispute', id: disputeId }, personId })));
    const attribute = this.#attribute(ctx, id);
    const sources = providersOf(ctx, EVIDENCE_SOURCE).filter((source) => source.attributes.includes(attribute.id));
    const [read, name] = await Promise.all([Promise.all(sources.map((source) => unlessUnavailable(heldIn(ctx, source, localId, attribute.id)))), this.#name(ctx, personId)]);
    return { ...this.#listed(ctx, row), localId, attribute, held: read.flatMap((found) => found ?? []), isPartial: read.includes(undefined), isOpen: row.answered_at === null, ...(name !== undefined && { name }) };
  }

  /** How many wait for an answer of this body's, counted to a hundred, and whether one of them is late. */
  async countWaiting(ctx: RequestContext): Promise<{ readonly count: number; readonly isCapped: boolean; readonly isUrgent: boolean }> {
    const rows = await this.db.query<TimeRow>(ctx, `select d.raised_at, d.time from sharing.dispute d where d.council_id = $1 and d.answered_at is null and not ${PASSED_ON} order by d.raised_at limit ${MOST_COUNTED + 1}`, [ctx.council.id]);
    return { count: Math.min(rows.length, MOST_COUNTED), isCapped: rows.length > MOST_COUNTED, isUrgent: rows.some((row) => dueOn(ctx, row, this.clock.now()).isOverdue) };
  }

  #listed(ctx: RequestContext, row: DisputeRow): ListedDispute {
    const { dispute_id: disputeId, attribute, raised_at: raisedAt, from_peer: fromPeer, is_passed_on: isPassedOn } = row;
    const due = dueOn(ctx, row, this.clock.now());
    return { disputeId, title: this.#attribute(ctx, attribute).title, raisedAt, ...due, state: isPassedOn ? 'passed-on' : due.isPaused ? 'paused' : due.isOverdue ? 'late' : 'open', ...(fromPeer !== null && { fromPeer }) };
  }

  #attribute(ctx: RequestContext, id: string): AttributeDefinition {
    return this.node.options(ctx).vocabulary.attributes.find((one) => one.id === id) ?? { id: id as AttributeDefinition['id'], title: { en: id, cy: id }, yours: { en: id, cy: id }, form: 'text', sensitivity: 'ordinary' };
  }

  async #name(ctx: RequestContext, personId: string | undefined): Promise<string | undefined> {
    return personId !== undefined && hasContract(ctx, IDENTITY) && may(ctx, READ_PEOPLE) ? (await this.identity.person(ctx, personId as PersonId))?.name : undefined;
  }
}

async function heldIn(ctx: RequestContext, source: EvidenceSource, localId: string, id: AttributeDefinition['id']): Promise<readonly HeldHere[]> {
  const { sourceTitles } = source;
  return (await source.read(ctx, localId, [id])).map((one): HeldHere => ({ ...one, ...(sourceTitles?.[one.source] && { from: sourceTitles[one.source] }) }));
}

function placeOf(after: string): { readonly at: Date; readonly id: string } {
  const [, at = '', id = ''] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(after) ?? [];
  if (!at || !isUuid(id)) throw new InvalidInput('This place in the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not known' }]);
  return { at: new Date(Number(at)), id };
}
