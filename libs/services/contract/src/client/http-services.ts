import { InvalidInput, LANGUAGES, NotFound, Unavailable, type RemoteApi, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { isText } from '../service-texts';
import type { ServiceView, ServicesApi } from '../services-api';

/** The services of another deployment, over its REST API. @public */
export class HttpServices implements ServicesApi {
  constructor(private readonly remote: RemoteApi) {}

  async list(ctx: RequestContext): Promise<readonly ServiceView[]> {
    return parseServices(await this.remote.call('/api/services/v1/services', { query: { lang: ctx.language } }));
  }
  async find(_ctx: RequestContext, slug: string): Promise<ServiceView | undefined> {
    if (!/^[a-z0-9-]{1,60}$/.test(slug)) return undefined;
    try {
      return parseService(await this.remote.call(`/api/services/v1/services/${encodeURIComponent(slug)}`));
    } catch (error) {
      if (error instanceof Error && (error as Partial<NotFound>).code === 'not-found') return undefined;
      throw error;
    }
  }
  async search(ctx: RequestContext, words: string, limit = 20): Promise<readonly ServiceView[]> {
    if (words.length > 200) throw new InvalidInput('Search with at most 200 characters.', [{ field: 'q', message: 'must be at most 200 characters' }]);
    return parseServices(await this.remote.call('/api/services/v1/services', { query: { lang: ctx.language, q: words, limit: String(limit) } }));
  }
  async mostUsed(ctx: RequestContext, limit = 6): Promise<readonly ServiceView[]> {
    return parseServices(await this.remote.call('/api/services/v1/services', { query: { lang: ctx.language, sort: 'most-used', limit: String(limit) } }));
  }
}

function parseServices(json: unknown): readonly ServiceView[] {
  const { services } = (typeof json === 'object' && json !== null ? json : {}) as { services?: unknown };
  if (!Array.isArray(services)) throw notKnown();
  return (services as readonly unknown[]).map(parseService);
}

function parseService(json: unknown): ServiceView {
  const view = (typeof json === 'object' && json !== null ? json : {}) as Partial<Record<keyof ServiceView, unknown>>;
  const { slug, version, title, summary, category, keywords, signIn, minutes, cost, path } = view;
  const { id, title: categoryTitle } = (typeof category === 'object' && category !== null ? category : {}) as { id?: unknown; title?: unknown };
  if (typeof slug !== 'string' || typeof version !== 'string' || !isText(title) || !isText(summary) || typeof id !== 'string' || !isText(categoryTitle) || typeof minutes !== 'number' || typeof path !== 'string') throw notKnown();
  if (signIn !== 'required' && signIn !== 'offered' && signIn !== 'not-offered') throw notKnown();
  const words = (typeof keywords === 'object' && keywords !== null ? keywords : {}) as Record<string, unknown>;
  const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
  return {
    slug, version, title, summary, category: { id, title: categoryTitle }, keywords: Object.fromEntries(LANGUAGES.map((language) => [language, list(words[language])])) as ServiceView['keywords'],
    signIn, minutes, ...(isText(cost) && { cost: cost as Text }), path,
  };
}

function notKnown(): Unavailable {
  return new Unavailable('The other side described its services in a form that is not known here. Compare the versions of the contract on both sides.');
}
