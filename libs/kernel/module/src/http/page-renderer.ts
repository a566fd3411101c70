import type { FastifyInstance } from 'fastify';
import { ASSET_CACHE_CONTROL, Assets, createMessages, createViews, INLINE_SCRIPT, PAGE_FRAME, uiTexts, viewsFolder, type Messages, type MessageSource, type PageFrame, type Views, type ViewRequest } from '@guildhall/ui';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import type { ModuleDefinition, SharedPages } from '../assembling/define-module';
import { installedCouncilOf, type Councils } from '../assembling/installed-council';
import { formToken } from './form-token';
import type { GuildhallRequest } from './request';
import { ASSETS_ROUTE } from './route-table';

/** Characters from which on words are hard to write again. */
const SENTENCE = 30;

/** Renders pages, letters and whatever else is made from templates, with the words and the look of the council. @public */
export class PageRenderer {
  readonly inlineScript = INLINE_SCRIPT;
  readonly #begun = new WeakMap<GuildhallRequest, Promise<PageFrame | undefined>>();

  private constructor(readonly views: Views, readonly messages: Messages, private readonly assets: Assets) {}

  static of(councils: Councils, definitions: readonly ModuleDefinition<never>[], log: Log, isDevelopment: boolean): PageRenderer {
    const assets = new Assets();
    for (const { id, assetsFolder } of definitions) if (assetsFolder) assets.addFolder(id, assetsFolder);
    const messages = createMessages({ sources: sourcesOf(councils, definitions), isStrict: isDevelopment, onUnknown: (key, language) => log.error('message.unknown', { key, language }) });
    const folders = [...definitions, ...sharedBy(definitions)].flatMap((one) => (one.viewsFolder ? [one.viewsFolder] : []));
    const views = createViews({ folders: [...folders, viewsFolder], messages, assets });
    for (const { council, config } of councils.all) {
      if (config.wording) messages.setWording(council.id, config.wording);
      views.dress(council.id, config.theme);
    }
    return new PageRenderer(views, messages, assets);
  }

  /** Begins to load what stands around an officer's page, so that the counts of its navigation are read in one round trip with the page's own data. */
  begin(request: GuildhallRequest): void {
    const frame = this.frameOf(request.guildhall.ctx, request.url);
    frame.catch(() => undefined);
    this.#begun.set(request, frame);
  }

  /** A page's HTML for this request. The form's token is made only when a form asks for it. */
  async show(request: GuildhallRequest, view: string, data: object, gotAt?: string): Promise<string> {
    const { ctx, reply } = request.guildhall;
    const frame = await (this.#begun.get(request) ?? this.frameOf(ctx, request.url));
    void reply.type('text/html; charset=utf-8');
    return this.views.render(viewRequest(request, frame, gotAt), view, data);
  }

  /** An error's page, which must come whatever is broken: without what stands around pages when that cannot be had. What somebody had written is on it: they need not write it again. */
  async showError(request: GuildhallRequest, status: number, code: string): Promise<string> {
    const { ctx, reply } = request.guildhall;
    const gotAt = pageOfForm(request);
    const frame = await this.frameOf(ctx, gotAt).catch(() => undefined);
    const named = `errors/${code}`;
    const view = this.views.has(named) ? named : this.views.has(`errors/${status}`) ? `errors/${status}` : status >= 500 ? 'errors/500' : 'errors/400';
    void reply.type('text/html; charset=utf-8');
    return this.views.render(viewRequest(request, frame, gotAt), view, { status, written: wordsWritten(request) });
  }

  /** Renders a template for a context without a request: a letter, a message. */
  render(ctx: RequestContext, view: string, data: object): string {
    return this.views.render(ctx, view, data);
  }

  /** Serves the style sheets, scripts and pictures, compressed once, under names that change with their content. */
  serveAssets(fastify: FastifyInstance): void {
    fastify.get(ASSETS_ROUTE, (request, reply) => {
      const file = this.assets.find((request.params as { '*': string })['*']);
      if (!file) return reply.status(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
      const { bytes, encoding } = file.encoded(request.headers['accept-encoding']);
      void reply.headers({ 'cache-control': ASSET_CACHE_CONTROL, 'content-type': file.contentType, vary: 'accept-encoding', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox", ...(encoding ? { 'content-encoding': encoding } : {}) });
      return reply.send(bytes);
    });
  }

  private async frameOf(ctx: RequestContext, url: string): Promise<PageFrame | undefined> {
    const [source] = installedCouncilOf(ctx).extensions(PAGE_FRAME);
    const query = url.indexOf('?');
    return source?.load(ctx, query === -1 ? url : url.slice(0, query));
  }
}

function viewRequest(request: GuildhallRequest, frame: PageFrame | undefined, path = request.url): ViewRequest {
  const { ctx, reply } = request.guildhall;
  let token: string | undefined;
  return {
    ...ctx, frame, path,
    get csrfToken() {
      return (token ??= formToken(request, reply));
    },
  };
}

/** Where somebody comes back to: the page with the form that was sent, because what takes a form may have no page of its own. */
function pageOfForm({ method, url, headers }: GuildhallRequest): string {
  if (method === 'GET' || method === 'HEAD') return url;
  if (!headers.referer || !URL.canParse(headers.referer)) return url;
  const { host, pathname, search } = new URL(headers.referer);
  return host === headers.host ? `${pathname}${search}` : url;
}

/** Sentences in a form that was sent from a page of ours, and from there only: nobody else is to put words on the council's page. */
function wordsWritten({ body, headers }: GuildhallRequest): string {
  if (headers['sec-fetch-site'] !== 'same-origin' || typeof body !== 'object' || body === null) return '';
  const values = Object.entries(body).filter(([name]) => !name.startsWith('_')).flatMap(([, value]) => [value].flat());
  return values.filter((value): value is string => typeof value === 'string' && value.length >= SENTENCE && /\s/.test(value.trim())).join('\n\n');
}

/** Once each, however many of the modules have them. */
function sharedBy(definitions: readonly ModuleDefinition<never>[]): readonly SharedPages[] {
  return [...new Set(definitions.flatMap(({ sharedPages }) => sharedPages ?? []))];
}

function sourcesOf(councils: Councils, definitions: readonly ModuleDefinition<never>[]): readonly MessageSource[] {
  const sources: MessageSource[] = [{ prefix: 'ui', texts: uiTexts }];
  for (const { prefix, texts, deskTexts } of [...definitions.map((definition) => ({ ...definition, prefix: definition.id })), ...sharedBy(definitions)]) {
    if (texts) sources.push({ prefix, texts });
    if (deskTexts) sources.push({ prefix, texts: deskTexts });
  }
  const packs = new Set<string>();
  for (const { installations } of councils.all) {
    for (const { id, texts } of installations.values()) {
      if (!texts || packs.has(id)) continue;
      packs.add(id);
      sources.push({ prefix: id, texts });
    }
  }
  return sources;
}
