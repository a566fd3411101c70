import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type Language, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AnswerTimeStep, DisputeOutcome, WordsToResident } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { unseal } from '../data/sealed';
import { Agreements } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';
import { dueBy, dueOn, saidOf, type DisputeDue, type TimeRow } from './dispute-time';
import { OutgoingCorrections, TRIED_FOR_MS, type Outgoing } from './outgoing';

/** Another body, by name, and since when it knows. */
export interface ToldParty { readonly name: Text; readonly takenAt?: Date; readonly isTurnedDown: boolean }
/** What somebody was told while they waited. */
export interface StoryStep { readonly kind: AnswerTimeStep; readonly name: Text; readonly at: Date; readonly words?: StoryAnswer['words'] }
/** What a body has answered. */
export interface StoryAnswer { readonly name: Text; readonly outcome: DisputeOutcome; readonly at: Date; readonly words?: { readonly text: string; readonly language: Language } }
/** All that has come of a dispute, as its owner reads it. */
export interface DisputeStory extends DisputeDue {
  readonly disputeId: string;
  readonly raisedAt: Date;
  readonly isOpen: boolean;
  /** The oldest first. */
  readonly steps: readonly StoryStep[];
  /** It was wrong, by one answer at least. */
  readonly isCorrected: boolean;
  /** To whom it was passed on, because they told it; but for those who know nobody of that name. */
  readonly passedTo: readonly ToldParty[];
  /** Those of them that have not answered, with the time of each. */
  readonly waitsFor: readonly (DisputeDue & Pick<ToldParty, 'name'>)[];
  readonly answers: readonly StoryAnswer[];
  /** Those who had been told what was wrong. */
  readonly told: readonly ToldParty[];
}

interface StoryRow extends TimeRow { readonly dispute_id: string; readonly said: Buffer | null; readonly answered_at: Date | null; readonly together: string[] }
interface AnswerRow { readonly body_id: string; readonly outcome: DisputeOutcome; readonly sealed: Buffer | null; readonly answered_at: Date }

/** What has come of what somebody said is wrong. */
@Injectable()
export class DisputeStories {
  constructor(private readonly db: Database, private readonly outgoing: OutgoingCorrections, private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Of the last dispute about this; undefined where there was none. */
  async latest(ctx: RequestContext, localId: string, attribute: string): Promise<DisputeStory | undefined> {
    const [row] = await this.db.query<StoryRow>(ctx, `
      select d.dispute_id, d.raised_at, d.answered_at, d.time, d.said, array(select o.dispute_id::text from sharing.dispute o where o.council_id = $1 and o.local_id = $2 and o.attribute = $3 and o.answered_at = d.answered_at limit 100) as together
      from sharing.dispute d where d.council_id = $1 and d.local_id = $2 and d.attribute = $3 order by d.raised_at desc, d.dispute_id desc limit 1`, [ctx.council.id, localId, attribute]);
    if (!row) return undefined;
    const { dispute_id: disputeId, raised_at: raisedAt, answered_at: answeredAt, together } = row;
    const [answers, passedTo, told, names] = await Promise.all([this.#answers(ctx, disputeId), this.outgoing.about(ctx, 'disputed', [disputeId]), this.outgoing.about(ctx, 'corrected', together), this.#names(ctx)]);
    const [passed, now] = [passedTo.filter(({ isTurnedDown }) => !isTurnedDown), this.clock.now()];
    const party = ({ peerId, ...state }: Outgoing): ToldParty => ({ name: names(peerId), ...state });
    return {
      disputeId, raisedAt, isOpen: answeredAt === null, ...dueOn(ctx, row, now), isCorrected: answers.some(({ outcome }) => outcome === 'corrected'), passedTo: passed.map(party), told: told.map(party),
      waitsFor: passed.filter(({ peerId }) => !answers.some((one) => one.body_id === peerId)).map(({ peerId }) => ({ name: names(peerId), ...dueBy(ctx, row, now, peerId) })),
      steps: stepsIn(ctx, row, names),
      answers: answers.map(({ body_id: body, outcome, sealed, answered_at: at }) => ({ name: names(body), outcome, at, ...(sealed && wordsIn(JSON.parse(unseal(ctx, `dispute-answer ${disputeId} ${body}`, sealed)) as WordsToResident, ctx.language)) })),
    };
  }

  /** What its owner was told of one, whichever is the latest. */
  async steps(ctx: RequestContext, disputeId: string): Promise<readonly StoryStep[]> {
    const [row] = await this.db.query<Pick<StoryRow, 'dispute_id' | 'said'>>(ctx, 'select dispute_id, said from sharing.dispute where council_id = $1 and dispute_id = $2', [ctx.council.id, disputeId]);
    return row ? stepsIn(ctx, row, await this.#names(ctx)) : [];
  }

  /** The bodies at which some disputes were said, and where their owner does not read what was said last of their time: a body of a version before turns it down, and one that cannot be reached is waited for. */
  async notPassedOn(ctx: RequestContext, disputeIds: readonly string[]): Promise<readonly Pick<ToldParty, 'name' | 'isTurnedDown'>[]> {
    const [last, names] = await Promise.all([this.outgoing.newest(ctx, 'time', disputeIds), this.#names(ctx)]);
    const before = this.clock.now().getTime() - TRIED_FOR_MS;
    return last.filter(({ isTurnedDown, takenAt, saidAt }) => isTurnedDown || (takenAt === undefined && saidAt.getTime() < before)).map(({ peerId, isTurnedDown }) => ({ name: names(peerId), isTurnedDown }));
  }

  /** Whose last dispute about each thing was answered: those things. */
  async answered(ctx: RequestContext, localId: string): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ attribute: string }>(ctx, `
      select attribute from sharing.dispute where council_id = $1 and local_id = $2 group by attribute having bool_and(answered_at is not null) order by attribute limit 1000`, [ctx.council.id, localId]);
    return new Set(rows.map(({ attribute }) => attribute));
  }

  #answers(ctx: RequestContext, disputeId: string): Promise<readonly AnswerRow[]> {
    return this.db.query<AnswerRow>(ctx, 'select body_id, outcome, sealed, answered_at from sharing.dispute_answer where council_id = $1 and dispute_id = $2 order by answered_at, body_id limit 100', [ctx.council.id, disputeId]);
  }

  async #names(ctx: RequestContext): Promise<(id: string) => Text> {
    const own = this.node.body(ctx);
    const kept = await this.agreements.newest(ctx);
    return (id) => (id === own.id ? own.name : kept.map(({ vocabulary }) => vocabulary.bodies[id]).find((name) => name !== undefined) ?? { en: id, cy: id });
  }
}

function stepsIn(ctx: RequestContext, { dispute_id: disputeId, said }: Pick<StoryRow, 'dispute_id' | 'said'>, names: (id: string) => Text): readonly StoryStep[] {
  return [...saidOf(ctx, disputeId, said)].sort((one, other) => one.at.localeCompare(other.at)).map(({ kind, at, body, words }) => ({ kind, name: names(body), at: new Date(at), ...(words && wordsIn(words, ctx.language)) }));
}

/** In the language of the page, or else in the one in which they were written. */
export function wordsIn(words: WordsToResident, language: Language): Pick<StoryAnswer, 'words'> {
  const other = language === 'en' ? 'cy' : 'en';
  const [own, others] = [words[language], words[other]];
  if (own !== undefined) return { words: { text: own, language } };
  return others === undefined ? {} : { words: { text: others, language: other } };
}
