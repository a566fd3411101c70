import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, download, form, page, redirect, type DownloadResult, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, may, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS, REGISTER_FIELDS, agreementName, diffAgreements, partiesOf, registerEntry } from '@guildhall/sharing-contract';
import { stringify } from 'csv-stringify/sync';
import { AskingFigures } from '../counting/asking-figures';
import { Figures } from '../counting/figures';
import { OwnNode } from '../node/own-node';
import { EndsAgreement } from '../ending/ends-agreement';
import { Agreements } from '../knowing/agreements';
import { agreementInWords } from './agreement-in-words';
import { Bodies } from './bodies';
import { Drafts } from './drafts';
import { jsonFile } from './json-file';
import { ReadsAgreements, type ReadAgreement } from './reads-agreements';
import { resultOf } from './results';
import { wordsFor } from './words-for';

const HOME = '/desk/sharing';
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The officer's pages of agreements: which there are, what each says and how much is shared by it, and its end. */
@Controller('desk/sharing')
export class AgreementsController {
  constructor(private readonly reading: ReadsAgreements, private readonly bodies: Bodies, private readonly agreements: Agreements, private readonly ending: EndsAgreement, private readonly drafts: Drafts, private readonly figures: Figures, private readonly asking: AskingFigures, private readonly node: OwnNode, private readonly renderer: PageRenderer) {}

  @Get() @Requires(READ_AGREEMENTS)
  async list(@Ctx() ctx: RequestContext, @Query('before') before?: string, @Query('result') result?: string): Promise<PageResult> {
    return page('sharing/list', { ...(await this.reading.list(ctx, before)), contradicted: await this.bodies.contradicted(ctx), result: resultOf(result), mayManage: may(ctx, MANAGE_AGREEMENTS) });
  }

  /** How often people are asked what is known: the promise to ask once, as a number. */
  @Get('asked') @Requires(READ_AGREEMENTS)
  async asked(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const { months, attributes, askedTwice } = await this.asking.of(ctx);
    const { attributes: known, purposes } = this.node.options(ctx).vocabulary;
    return page('sharing/asked', {
      askedTwice, months: months.map((one) => ({ ...one, name: MONTH.format(new Date(`${one.month}-01T00:00:00Z`)) })),
      attributes: attributes.map((one) => ({ ...one, name: known.find(({ id }) => id === one.attribute)?.title ?? one.attribute, isFor: purposes.find(({ id }) => id === one.purpose)?.to ?? one.purpose })),
    });
  }

  @Get('agreements/:id') @Requires(READ_AGREEMENTS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string, @Query('version') version?: string): Promise<PageResult> {
    const [kept, newest] = await Promise.all([this.reading.find(ctx, id, versionIn(version)), this.reading.newest(ctx, id)]);
    const [signedAt, figures, toldOfEnd, before, nextDrafts] = await Promise.all([this.drafts.signedAt(ctx, kept.document), this.figures.of(ctx, id), this.ending.told(ctx, kept.document), this.reading.versionBefore(ctx, kept.document), this.drafts.after(ctx, newest.document)]);
    const named = (body: string): Text => kept.vocabulary.bodies[body] ?? { en: body, cy: body };
    const say = wordsFor(this.renderer, ctx);
    return page('sharing/agreement', {
      kept, idle: kept.state === 'ended' ? [] : this.agreements.idle(ctx, kept), name: agreementName(kept.document), coming: newest.state === 'to-come' && newest.document.version > kept.document.version ? { document: newest.document, differences: diffAgreements(kept.document, newest.document, kept.vocabulary) } : undefined, rows: agreementInWords(kept.document, kept.vocabulary, say), figures: { ...figures, months: figures.months.map((one) => ({ ...one, name: MONTH.format(new Date(`${one.month}-01T00:00:00Z`)) })) }, result: resultOf(result),
      mayManage: may(ctx, MANAGE_AGREEMENTS), endedBy: kept.endedBy && named(kept.endedBy), toldOfEnd: toldOfEnd.map((one) => ({ ...one, body: named(one.peerId) })),
      nextDrafts, ...(before && { differences: { from: before.version, all: diffAgreements(before, kept.document, kept.vocabulary) } }),
      // What was kept before its signatures were noted was signed by then.
      signatures: partiesOf(kept.document).map((body) => ({ body: kept.vocabulary.bodies[body]?.en ?? body, at: signedAt.get(body) ?? kept.keptAt, isMissing: kept.missing.includes(body) })),
    });
  }

  @Get('agreements/:id/register') @Requires(READ_AGREEMENTS)
  async registerFields(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('version') version?: string): Promise<DownloadResult> {
    const { document, vocabulary } = await this.reading.find(ctx, id, versionIn(version));
    const csv = stringify([registerEntry(document, vocabulary)], { header: true, columns: [...REGISTER_FIELDS], record_delimiter: 'windows', escape_formulas: true });
    return download(Buffer.from(csv), { filename: `${agreementName(document).replace('@', '-v')}-register.csv`, type: 'text/csv; charset=utf-8' });
  }

  @Get('agreements/:id/register.json') @Requires(READ_AGREEMENTS)
  async registerJson(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('version') version?: string): Promise<DownloadResult> {
    const { document, vocabulary } = await this.reading.find(ctx, id, versionIn(version));
    return jsonFile(document, registerEntry(document, vocabulary), 'register');
  }

  @Get('agreements/:id/document') @Requires(READ_AGREEMENTS)
  async document(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('version') version?: string): Promise<DownloadResult> {
    const { document } = await this.reading.find(ctx, id, versionIn(version));
    return jsonFile(document, document, 'agreement');
  }

  @Get('agreements/:id/envelope') @Requires(READ_AGREEMENTS)
  async envelope(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('version') version?: string): Promise<DownloadResult> {
    const { document, envelope } = await this.reading.find(ctx, id, versionIn(version));
    return jsonFile(document, envelope, 'signed');
  }

  @Post('agreements/:id/next') @Requires(MANAGE_AGREEMENTS)
  async next(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const { document } = await this.reading.newest(ctx, id);
    const next = { ...document, version: document.version + 1 };
    // Pressed twice, or by two people: there is one draft to go on with.
    const begun = (await this.drafts.ofVersion(ctx, next)).find(({ envelope }) => envelope === undefined);
    return redirect(`${HOME}/drafts/${begun?.id ?? (await this.drafts.begin(ctx, next))}?result=next-version`);
  }

  @Get('agreements/:id/end') @Requires(MANAGE_AGREEMENTS)
  async askToEnd(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('sharing/end', await this.#toEnd(ctx, id)); }

  @Post('agreements/:id/end') @Requires(MANAGE_AGREEMENTS)
  async end(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const found = await this.#toEnd(ctx, id);
    if (body['confirm'] !== 'yes') return page('sharing/end', { ...found, errors: [{ field: 'confirm', message: wordsFor(this.renderer, ctx)('end.confirm-missing') }] }, { status: 422 });
    // Ended before: it stays so, from that day.
    if (found.kept.state !== 'ended') await this.ending.end(ctx, found.kept.document);
    return redirect(`${HOME}/agreements/${id}?result=ended`);
  }

  async #toEnd(ctx: RequestContext, id: string): Promise<{ readonly kept: ReadAgreement; readonly name: string; readonly today: string }> {
    // With the newest version end all before it.
    const kept = await this.reading.newest(ctx, id);
    return { kept, name: agreementName(kept.document), today: this.reading.today() };
  }
}

/** Which version of an agreement a page is of; the one of today where it says none. @throws NotFound */
function versionIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound('There is no such agreement here.');
  return Number(text);
}
