import { NotFound, RemoteApi, demand, isUuid, type Outcome, type RemoteApiOptions, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, ASK_OTHERS, READ_AGREEMENTS } from '../permissions';
import type { AgreementInForce, AskOtherRefusal, PersonChoice, QuestionToOther, SharingApi, ToldByOther, TrailItems } from '../sharing-api';
import { checkQuestion } from '../sharing-questions';
import { agreementsFromJson, choicesFromJson, decisionFromJson, toldFromJson, trailFromJson } from './sharing-json';

const BASE = '/api/sharing/v1';

/**
 * Sharing at another address, over the REST API. Whoever acts here needs here what the contract says; the machine credential needs it on the other side, which knows this app and not who acts in it.
 * Throws what the contract says, and Unavailable when the other side does not answer or answers in a form that is not known.
 * @public
 * @example new HttpSharing({ origin: 'https://share.riverbourne.example', outbound, credential: env.secret('SHARING_CREDENTIAL') })
 */
export class HttpSharing implements SharingApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  async agreements(ctx: RequestContext): Promise<readonly AgreementInForce[]> {
    demand(ctx, READ_AGREEMENTS);
    return agreementsFromJson(await this.#remote.call(`${BASE}/agreements`));
  }

  async ask(ctx: RequestContext, question: QuestionToOther): Promise<Outcome<ToldByOther, AskOtherRefusal>> {
    demand(ctx, ASK_OTHERS);
    checkQuestion(question);
    const answer = await this.#remote.call(`${BASE}/exchanges`, { method: 'POST', body: question });
    const { ok, refusal, value } = answer as { readonly ok?: unknown; readonly refusal?: AskOtherRefusal; readonly value?: unknown };
    if (ok === true || !refusal) return { ok: true, value: toldFromJson(value) };
    const decision = decisionFromJson(refusal.decision);
    return { ok: false, refusal: { reason: refusal.reason, message: refusal.message, ...(decision && { decision }) } };
  }

  async trail(ctx: RequestContext, personId: string, { before }: { readonly before?: string } = {}): Promise<TrailItems> {
    return trailFromJson(await this.#remote.call(`${BASE}/people/${personIn(ctx, personId)}/trail`, { query: { before } }));
  }

  async choices(ctx: RequestContext, personId: string): Promise<readonly PersonChoice[]> {
    return choicesFromJson(await this.#remote.call(`${BASE}/people/${personIn(ctx, personId)}/choices`));
  }
}

function personIn(ctx: RequestContext, personId: string): string {
  if (ctx.actor.kind !== 'resident' || ctx.actor.personId !== personId) demand(ctx, ACT_ON_SHARING);
  if (!isUuid(personId)) throw new NotFound('There is no such person here.');
  return personId;
}
