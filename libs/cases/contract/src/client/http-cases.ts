import { RemoteApi, Unavailable, isGuildhallError, refused } from '@guildhall/kernel-contract';
import type { Outcome, RemoteApiOptions, RequestContext } from '@guildhall/kernel-contract';
import type { CaseCount, CasePage, CaseView, OpenedCase, TimelineEntry, TimelinePage } from '../case';
import type { CasesApi, ChangeRefusal, OpenRefusal, WhichCase } from '../cases-api';
import type { AssignCase, ChangeCase, ListCases, MoveCase, NoteOnCase, OpenCase, TellResident, WriteToCouncil } from '../requests';
import type { MoveRefusal } from '../transitions';
import { caseFromJson, casePageFromJson, changedFromJson, entryFromJson, openedFromJson, timelineFromJson } from './case-from-json';
import { ON_BEHALF_OF, describeActor } from './on-behalf-of';

const BASE = '/api/cases/v1/cases';
const HAS_REFUSED = (answer: unknown): answer is { ok: false; refusal: { reason: string; message: string } } => (answer as { ok?: unknown } | undefined)?.ok === false;

/**
 * Case management at another address, over the REST API. The machine credential needs ACT_FOR_OTHERS: every call says for whom it is made, and the other
 * side answers as it would to them, within what the credential itself may do.
 * @public
 */
export class HttpCases implements CasesApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  async open(ctx: RequestContext, request: OpenCase): Promise<Outcome<OpenedCase, OpenRefusal>> {
    const ask = (body: OpenCase): Promise<Outcome<OpenedCase, OpenRefusal>> => this.#remote.outcome<OpenedCase, OpenRefusal>(openedFromJson, BASE, { method: 'POST', body, idempotencyKey: request.idempotencyKey, headers: headersOf(ctx) });
    return orAsBefore(() => ask(request), /^answers\.\d+\.origin\.bodyId$/, () => ask({ ...request, answers: request.answers.map(withoutBody) }));
  }

  async find(ctx: RequestContext, which: WhichCase): Promise<CaseView | undefined> {
    const found = await this.read(ctx, which, '');
    return found === undefined ? undefined : caseFromJson(found);
  }

  async list(ctx: RequestContext, request: ListCases): Promise<CasePage> {
    return casePageFromJson(await this.#remote.call(BASE, { query: queryOf(request), headers: headersOf(ctx) }));
  }

  async count(ctx: RequestContext, request: ListCases, most?: number): Promise<CaseCount> {
    const answer = await this.#remote.call(`${BASE}/count`, { query: { ...queryOf(request), most: most?.toString() }, headers: headersOf(ctx) });
    const { count, isAtLeast } = (answer ?? {}) as { count?: unknown; isAtLeast?: unknown };
    if (typeof count !== 'number' || typeof isAtLeast !== 'boolean') throw new Unavailable('The other side answered with a count that is none.');
    return { count, isAtLeast };
  }

  async timeline(ctx: RequestContext, which: WhichCase, page: { readonly after?: string; readonly limit?: number } = {}): Promise<TimelinePage> {
    return timelineFromJson(await this.#remote.call(`${pathOf(which)}/timeline`, { query: { after: page.after, limit: page.limit?.toString() }, headers: headersOf(ctx, which) }));
  }

  async move(ctx: RequestContext, request: MoveCase): Promise<Outcome<CaseView, ChangeRefusal | MoveRefusal>> {
    return this.change<CaseView, ChangeRefusal | MoveRefusal>(ctx, request, 'moves', caseFromJson);
  }
  async note(ctx: RequestContext, request: NoteOnCase): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    const { needsAttention: _mark, ...before } = request;
    const ask = (body: NoteOnCase): Promise<Outcome<TimelineEntry, ChangeRefusal>> => this.change<TimelineEntry, ChangeRefusal>(ctx, body, 'notes', entryFromJson);
    return orAsBefore(() => ask(request), /^needsAttention$/, () => ask(before));
  }
  async tell(ctx: RequestContext, request: TellResident): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    return this.change<TimelineEntry, ChangeRefusal>(ctx, request, 'updates', entryFromJson);
  }
  async write(ctx: RequestContext, request: WriteToCouncil): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    return this.change<TimelineEntry, ChangeRefusal>(ctx, request, 'answers', entryFromJson);
  }
  async assign(ctx: RequestContext, request: AssignCase): Promise<Outcome<CaseView, ChangeRefusal>> {
    return this.change<CaseView, ChangeRefusal>(ctx, request, 'assignments', caseFromJson);
  }

  /** A case that is not there is undefined, and no error. */
  private async read(ctx: RequestContext, which: WhichCase, below: string): Promise<unknown> {
    try {
      return await this.#remote.call(`${pathOf(which)}${below}`, { headers: headersOf(ctx, which) });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'not-found') return undefined;
      throw error;
    }
  }

  private async change<Value, R extends ChangeRefusal | MoveRefusal>(ctx: RequestContext, request: ChangeCase, what: string, parse: (json: unknown) => Value): Promise<Outcome<Value, R>> {
    const answer = await this.#remote.call(`${BASE}/${encodeURIComponent(request.caseId)}/${what}`, { method: 'POST', body: request, idempotencyKey: request.idempotencyKey, headers: headersOf(ctx) });
    if (HAS_REFUSED(answer)) {
      const { reason, message } = answer.refusal;
      return { ok: false, refusal: (reason === 'changed-meanwhile' ? changedFromJson(answer.refusal) : refused(reason, message).refusal) as R };
    }
    return { ok: true, value: parse((answer as { value?: unknown } | undefined)?.value) };
  }
}

/** A side of an older version refuses a field that it does not know: the case, or the note, comes there without it, under the same key. Nothing was kept of the first. */
async function orAsBefore<Answer>(ask: () => Promise<Answer>, field: RegExp, askAsBefore: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'invalid-input' && error.fields.some((one) => field.test(one.field) && /should not exist/.test(one.message))) return askAsBefore();
    throw error;
  }
}

function withoutBody(answer: OpenCase['answers'][number]): OpenCase['answers'][number] {
  if (!answer.origin) return answer;
  const { bodyId: _body, ...origin } = answer.origin;
  return { ...answer, origin };
}

function pathOf(which: WhichCase): string {
  return 'caseId' in which ? `${BASE}/${encodeURIComponent(which.caseId)}` : `${BASE}/by-reference/${encodeURIComponent(which.reference)}`;
}

/** The key travels in a header: addresses are written into logs. */
function headersOf(ctx: RequestContext, which?: WhichCase): Record<string, string> {
  return {
    [ON_BEHALF_OF]: describeActor(ctx), 'x-correlation-id': ctx.correlationId,
    ...(which && 'statusKey' in which && { 'guildhall-status-key': which.statusKey }),
  };
}

function queryOf(request: ListCases): Record<string, string | undefined> {
  const { teams, limit, overdue, needsAttention, ...rest } = request;
  return { ...rest, teams: teams?.join(','), limit: limit?.toString(), overdue: overdue ? 'true' : undefined, needsAttention: needsAttention ? 'true' : undefined };
}
