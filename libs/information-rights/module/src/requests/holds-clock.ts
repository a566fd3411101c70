import { bankHolidays, dayOf } from '@guildhall/cases-contract';
import { HANDLE_REQUESTS, answerDueOn, extendTime, pauseTime, resumeTime, type PauseReason, type TimeInHand } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, InvalidInput, NotFound, demand, done, isUuid, refused, type Clock, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { TellOfRequest } from '../jobs';
import { REQUEST_COLUMNS, requestOf, type RequestRow, type RightsRequest, type StepKind } from './request';
import { addStep } from './steps';

/** Why the time is not changed. */
export type ClockRefusal = Refusal<'closed' | 'changed-meanwhile' | 'is-paused' | 'not-paused' | 'is-extended' | 'too-late'>;
/** What an officer says to it, to its owner. */
export interface Said { readonly requestId: string; /** As the officer saw it. */ readonly version: number; readonly words: string }

const LONGEST = 2000;

/** Stops the time of a request and lets it go on, extends it, refuses it: each with words to its owner, who is told. */
@Injectable()
export class HoldsClock {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The time stands still until it is certain who asks, or what they mean. */
  pause(ctx: RequestContext, said: Said, reason: PauseReason): Promise<Outcome<RightsRequest, ClockRefusal>> {
    return this.#change(ctx, said, `paused-${reason}`, (request, today) => pauseTime(request, reason, today));
  }

  /** What was asked for has come. */
  resume(ctx: RequestContext, said: Omit<Said, 'words'>): Promise<Outcome<RightsRequest, ClockRefusal>> { return this.#change(ctx, said, 'resumed', resumeTime); }

  /** By two more months, once, and within the first one (article 12(3)). */
  extend(ctx: RequestContext, said: Said): Promise<Outcome<RightsRequest, ClockRefusal>> {
    return this.#change(ctx, said, 'extended', (request, today) => extendTime(request, bankHolidays(ctx.council.nation), today));
  }

  /** With reasons; who has asked may complain (article 12(4)). */
  refuse(ctx: RequestContext, said: Said): Promise<Outcome<RightsRequest, ClockRefusal>> {
    return this.#change(ctx, said, 'refused', ({ time }) => done({ time, isRefused: true }));
  }

  async #change(
    ctx: RequestContext, said: Omit<Said, 'words'> & { readonly words?: string }, step: StepKind,
    decide: (request: RightsRequest, today: string) => Outcome<TimeInHand & { readonly isRefused?: boolean }, ClockRefusal>,
  ): Promise<Outcome<RightsRequest, ClockRefusal>> {
    demand(ctx, HANDLE_REQUESTS);
    const words = step === 'resumed' ? undefined : checkedWords(said.words);
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const request = await lockRequest(tx, said.requestId);
      if (request.closedAt) return refused('closed', 'It is answered already.');
      if (request.state === 'erasing') return refused('closed', 'It is decided already.');
      if (request.version !== said.version) return refused('changed-meanwhile', 'Somebody else has changed it meanwhile.');
      const change = decide(request, dayOf(now));
      if (!change.ok) return change;
      const { time, pausedFor, isRefused } = change.value;
      const [row] = await sql<RequestRow>(tx, `
        update information_rights.request set time = $3, paused_for = $4, due_on = $5, version = version + 1, state = case when $6 then 'refused' else state end, closed_at = case when $6 then $7::timestamptz end
        where council_id = $1 and request_id = $2 returning ${REQUEST_COLUMNS}`,
      [tx.council.id, request.requestId, JSON.stringify(time), pausedFor ?? null, answerDueOn(time, bankHolidays(tx.council.nation), dayOf(now)), isRefused ?? false, now]);
      addStep(tx, request.requestId, step, now, words);
      audit(tx, { action: `information-rights.${step}`, subject: { type: 'information-rights.request', id: request.requestId }, personId: request.personId });
      enqueue(tx, TellOfRequest, { requestId: request.requestId, step: `${step}-${request.version}` });
      return done(requestOf(row as RequestRow));
    });
  }
}

/** The request, for as long as the transaction lasts. @throws NotFound */
export async function lockRequest(tx: TransactionContext, requestId: string): Promise<RightsRequest> {
  const [row] = isUuid(requestId) ? await sql<RequestRow>(tx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and request_id = $2 for update`, [tx.council.id, requestId]) : [];
  if (!row) throw new NotFound('There is no such request.');
  return requestOf(row);
}

/** @throws InvalidInput */
export function checkedWords(words: string | undefined): string {
  const said = words?.trim() ?? '';
  if (said === '') throw new InvalidInput('Say why, in words to the person.', [{ field: 'words', message: 'is missing' }]);
  if (said.length > LONGEST) throw new InvalidInput(`Say it in at most ${LONGEST} characters.`, [{ field: 'words', message: 'is too long' }]);
  return said;
}
