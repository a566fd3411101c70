import { InvalidInput, NotFound, RemoteApi, type Outcome, type RemoteApiOptions, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import type { CatalogueApi, PackageListing, PackagePage, PackageQuery, ReleaseListing, Submission, SubmitRefusal } from '../catalogue-api';
import type { FeedPage } from '../feed';
import { envelopesFromJson, feedPageFromJson, listingFromJson, pageFromJson, proofFromJson, releaseFromJson, submissionFromJson } from './catalogue-json';

const BASE = '/api/catalogue/v1';

/**
 * A catalogue at another address, over its REST API. It answers anybody: no credential is needed. What it says is proved by whoever acts on it.
 * @public
 * @example new HttpCatalogue({ origin: 'https://catalogue.westmarch.example', outbound })
 */
export class HttpCatalogue implements CatalogueApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  async search(_ctx: RequestContext, { limit, ...query }: PackageQuery): Promise<PackagePage> { return pageFromJson(await this.#remote.call(`${BASE}/packages`, { query: { ...query, ...(limit !== undefined && { limit: String(limit) }) } })); }
  async listing(_ctx: RequestContext, name: string): Promise<PackageListing> { return listingFromJson(await this.#remote.call(`${BASE}/packages/${pathOf(name)}`)); }
  async release(_ctx: RequestContext, name: string, version: string): Promise<ReleaseListing> { return releaseFromJson(await this.#remote.call(`${BASE}/packages/${pathOf(name)}/releases/${segment(version)}`)); }
  async components(_ctx: RequestContext, name: string, version: string): Promise<string> { return (await this.#remote.content(`${BASE}/packages/${pathOf(name)}/releases/${segment(version)}/components`)).text(); }
  async publisher(_ctx: RequestContext, id: string): Promise<readonly Envelope[]> { return envelopesFromJson(await this.#remote.call(`${BASE}/publishers/${segment(id)}`)); }

  submitRelease(_ctx: RequestContext, { release, components }: { readonly release: Envelope; readonly components: string }): Promise<Outcome<Submission, SubmitRefusal>> { return this.#submit('releases', { release, components }); }
  submitPublisher(_ctx: RequestContext, envelope: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.#submit('publishers', { envelope }); }
  submitNotice(_ctx: RequestContext, envelope: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.#submit('notices', { envelope }); }
  submitAssessment(_ctx: RequestContext, envelope: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.#submit('assessments', { envelope }); }
  async submission(_ctx: RequestContext, id: string): Promise<Submission> { return submissionFromJson(await this.#remote.call(`${BASE}/submissions/${segment(id)}`)); }

  async feed(_ctx: RequestContext, from: number, limit: number): Promise<FeedPage> { return feedPageFromJson(await this.#remote.call(`${BASE}/feed`, { query: { from: whole('from', from), limit: whole('limit', limit) } })); }
  async checkpoint(): Promise<string> { return (await this.#remote.content(`${BASE}/feed/checkpoint`)).text(); }
  async consistency(_ctx: RequestContext, from: number, to: number): Promise<readonly string[]> { return proofFromJson(await this.#remote.call(`${BASE}/feed/consistency`, { query: { from: whole('from', from), to: whole('to', to) } })).proof; }

  #submit(what: string, body: object): Promise<Outcome<Submission, SubmitRefusal>> { return this.#remote.outcome<Submission, SubmitRefusal>(submissionFromJson, `${BASE}/${what}`, { method: 'POST', body }); }
}

/** A name is two parts of a path; what has not two is listed nowhere. */
function pathOf(name: string): string {
  const [scope, own, ...more] = name.split('/');
  if (!scope || !own || more.length > 0) throw new NotFound(`${name} is not listed here.`);
  return `${segment(scope)}/${segment(own)}`;
}

/** As a part of a path; what would lead elsewhere is nobody's name. */
function segment(text: string): string {
  if (/^\.*$/.test(text)) throw new NotFound('There is nothing of this name here.');
  return encodeURIComponent(text);
}

function whole(field: string, number: number): string {
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidInput(`${field} must be a whole number.`, [{ field, message: 'must be a whole number' }]);
  return String(number);
}
