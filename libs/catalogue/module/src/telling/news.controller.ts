import { Feed } from 'feed';
import { Ctx, PageRenderer, Public, written, type WrittenResult } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Param } from '@nestjs/common';
import { shownName } from '../assessing/reads-assurance';
import { ReadsNews, type News, type Removed } from './reads-news';

type Form = 'atom' | 'json';
const TYPES: Readonly<Record<Form, string>> = { atom: 'application/atom+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8' };
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Releases and notices for feed readers: Atom (RFC 4287) and JSON Feed, of all packages and of one, in the language that is asked for (`?lang=cy`). */
@Controller('catalogue')
export class NewsController {
  constructor(private readonly news: ReadsNews, private readonly renderer: PageRenderer) {}

  @Get('feed.atom') @Public()
  atom(@Ctx() ctx: RequestContext): Promise<WrittenResult> { return this.#tell(ctx, 'atom'); }
  @Get('feed.json') @Public()
  json(@Ctx() ctx: RequestContext): Promise<WrittenResult> { return this.#tell(ctx, 'json'); }
  @Get('packages/:scope/:name/feed.atom') @Public()
  atomOf(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string): Promise<WrittenResult> { return this.#tell(ctx, 'atom', `${scope}/${name}`); }
  @Get('packages/:scope/:name/feed.json') @Public()
  jsonOf(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string): Promise<WrittenResult> { return this.#tell(ctx, 'json', `${scope}/${name}`); }

  async #tell(ctx: RequestContext, form: Form, name?: string): Promise<WrittenResult> {
    const news = await this.news.newest(ctx, name?.replaceAll('\0', '\uFFFD'));
    if (name !== undefined && news.length === 0) throw new NotFound(`${name} is not listed here.`);
    const { language, council: { origin, name: council } } = ctx;
    const say = (key: string, values: Readonly<Record<string, string>>): string => this.renderer.messages.t(ctx, `catalogue.news.${key}`, values);
    // A title and a summary are HTML in Atom, and plain text in JSON Feed.
    const words = (text: string): string => (form === 'atom' ? escaped(text) : text);
    const page = name === undefined ? `${origin}/catalogue` : `${origin}/catalogue/packages/${name}`;
    const asked = `${page}/feed.${form}?lang=${language}`;
    const feed = new Feed({ title: name === undefined ? say('title', { name: council[language] }) : say('title-of', { package: name }), id: asked, link: `${page}?lang=${language}`, language, updated: news[0]?.at ?? new Date(0), copyright: '', feedLinks: { [form]: asked }, generator: 'Guildhall' });
    for (const one of news) feed.addItem({ id: `urn:${one.digest}`, date: one.at, ...told(one, language, { origin, say, words }) });
    return written(form === 'atom' ? feed.atom1() : feed.json1(), { headers: { 'content-type': TYPES[form], 'cache-control': 'public, max-age=300', 'content-security-policy': "default-src 'none'" } });
  }
}

function escaped(text: string): string { return text.replace(/[&<>"]/g, (one) => MARKUP[one] ?? one); }

/** Where there is more to read of what is listed no more. */
const PLACES: Readonly<Record<Removed['kind'], (about: string) => string>> = { publisher: (id) => `publishers/${id}`, release: (name) => `packages/${name}`, notice: (name) => `packages/${name}`, assessment: () => 'assurance' };

interface Teller { readonly origin: string; readonly say: (key: string, values: Readonly<Record<string, string>>) => string; readonly words: (text: string) => string }
function told(one: News, language: RequestContext['language'], { origin, say, words }: Teller): { readonly title: string; readonly link: string; readonly description: string; readonly content: string } {
  if ('notice' in one) return { title: words(say(one.notice.kind, { package: one.notice.package })), link: `${origin}/catalogue/packages/${one.notice.package}?lang=${language}`, description: words(one.notice.text[language]), content: escaped(one.notice.text[language]) };
  if ('removed' in one) return { title: words(say(`removed.${one.removed.kind}`, { about: one.removed.kind === 'assessment' ? shownName(one.removed.about) : one.removed.about, version: one.removed.version })), link: `${origin}/catalogue/${PLACES[one.removed.kind](one.removed.about)}?lang=${language}`, description: words(one.removed.because), content: escaped(one.removed.because) };
  const { release: { package: name, version, changes }, description } = one;
  return { title: words(say('released', { package: name, version })), link: `${origin}/catalogue/packages/${name}/${version}?lang=${language}`, description: words(changes ?? description), content: escaped(changes ?? description) };
}
