import { NotFound, RemoteApi, demand, isUuid, type RemoteApiOptions, type RequestContext } from '@guildhall/kernel-contract';
import { ASK_FOR_RESIDENTS, HANDLE_REQUESTS } from '../permissions';
import type { ErasureRefusal, GiveCopyRefusal, InformationRightsApi, RightsClockRefusal, RightsRequestView } from '../rights-api';
import { recordsFromJson, requestFromJson, requestInFullFromJson, requestPageFromJson, requestsFromJson } from './rights-json';

const BASE = '/api/information-rights/v1';
type Api = InformationRightsApi;

/**
 * Information rights at another address, over the REST API. Whoever acts here needs here what the contract says; the machine credential needs it on the other side, which knows this app and not who acts in it.
 * Throws what the contract says, and Unavailable when the other side does not answer or answers in a form that is not known.
 * @public
 * @example new HttpInformationRights({ origin: 'https://apps.riverbourne.example', outbound, credential: env.secret('RIGHTS_CREDENTIAL') })
 */
export class HttpInformationRights implements InformationRightsApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  async ask(ctx: RequestContext, asked: Parameters<Api['ask']>[1]): ReturnType<Api['ask']> {
    demand(ctx, ASK_FOR_RESIDENTS);
    return requestFromJson(await this.#remote.call(`${BASE}/requests`, { method: 'POST', body: asked }));
  }
  async requestsOf(ctx: RequestContext, personId: string): ReturnType<Api['requestsOf']> {
    const remote = this.#for(ctx);
    if (!isUuid(personId)) throw new NotFound('There is no such person here.');
    return requestsFromJson(await remote.call(`${BASE}/people/${personId}/requests`));
  }
  async open(ctx: RequestContext, { after }: { readonly after?: string } = {}): ReturnType<Api['open']> { return requestPageFromJson(await this.#for(ctx).call(`${BASE}/requests`, { query: { after } })); }
  async find(ctx: RequestContext, id: string): ReturnType<Api['find']> { return requestInFullFromJson(await this.#for(ctx).call(pathOf(id))); }
  async records(ctx: RequestContext, id: string): ReturnType<Api['records']> { return recordsFromJson(await this.#for(ctx).call(pathOf(id, '/records'))); }
  async pause(ctx: RequestContext, id: string, said: Parameters<Api['pause']>[2]): ReturnType<Api['pause']> { return this.#change<RightsClockRefusal>(ctx, id, 'pause', said); }
  async resume(ctx: RequestContext, id: string, seen: Parameters<Api['resume']>[2]): ReturnType<Api['resume']> { return this.#change<RightsClockRefusal>(ctx, id, 'resume', seen); }
  async extend(ctx: RequestContext, id: string, said: Parameters<Api['extend']>[2]): ReturnType<Api['extend']> { return this.#change<RightsClockRefusal>(ctx, id, 'extend', said); }
  async refuse(ctx: RequestContext, id: string, said: Parameters<Api['refuse']>[2]): ReturnType<Api['refuse']> { return this.#change<RightsClockRefusal>(ctx, id, 'refuse', said); }
  async giveCopy(ctx: RequestContext, id: string, given: Parameters<Api['giveCopy']>[2]): ReturnType<Api['giveCopy']> { return this.#change<GiveCopyRefusal>(ctx, id, 'give-copy', given); }
  async copy(ctx: RequestContext, id: string): Promise<unknown> { return this.#for(ctx).call(pathOf(id, '/copy')); }
  async decideErasure(ctx: RequestContext, id: string, decided: Parameters<Api['decideErasure']>[2]): ReturnType<Api['decideErasure']> { return this.#change<ErasureRefusal>(ctx, id, 'decide-erasure', decided); }

  async #change<R extends RightsClockRefusal | GiveCopyRefusal | ErasureRefusal>(ctx: RequestContext, id: string, what: string, body: object) {
    return this.#for(ctx).outcome<RightsRequestView, R>(requestFromJson, pathOf(id, `/${what}`), { method: 'POST', body });
  }

  /** The other side, for those who may. */
  #for(ctx: RequestContext): RemoteApi {
    demand(ctx, HANDLE_REQUESTS);
    return this.#remote;
  }
}

/** Nothing but an id becomes a part of an address. */
function pathOf(id: string, rest = ''): string {
  if (!isUuid(id)) throw new NotFound('There is no such request.');
  return `${BASE}/requests/${id}${rest}`;
}
