import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, TakesFiles, download, form, page, redirect, type DownloadResult, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, may, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS, canonicalize, readBody, readGuideline, keyFingerprint, type Body as PublicBody } from '@guildhall/sharing-contract';
import { OwnNode } from '../node/own-node';
import { ShowsTrust } from '../trusting/shows-trust';
import { SettlesContradiction } from '../watching/settles-contradiction';
import { Bodies, type KnownBody } from './bodies';
import { fieldOf } from './form-fields';
import { readPasted } from './pasted';
import { resultOf } from './results';
import { wordsFor } from './words-for';

const HOME = '/desk/sharing/bodies';

/** The officer's pages of other bodies: which are known, taking one in after its keys were compared, and what each holds to be right. */
@Controller('desk/sharing/bodies')
export class BodiesController {
  constructor(private readonly bodies: Bodies, private readonly node: OwnNode, private readonly trust: ShowsTrust, private readonly contradictions: SettlesContradiction, private readonly renderer: PageRenderer) {}

  @Get() @Requires(READ_AGREEMENTS)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> {
    const [{ bodies, next }, lists] = await Promise.all([this.bodies.list(ctx, after), this.trust.lists(ctx)]);
    return page('sharing/bodies', { bodies: bodies.map((known) => this.trust.of(ctx, known)), next, lists, own: shownBody(this.node.body(ctx)), mayManage: may(ctx, MANAGE_AGREEMENTS) });
  }

  @Get('new') @Requires(MANAGE_AGREEMENTS)
  ask(): PageResult { return page('sharing/new-body', { typed: '' }); }

  @Post('new') @Requires(MANAGE_AGREEMENTS) @TakesFiles()
  async compare(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult> {
    const pasted = await readPasted(request, body);
    if (!pasted.ok) return this.#again(pasted.refusal.typed, { field: pasted.refusal.field, message: wordsFor(this.renderer, ctx)(`bring-in.${pasted.refusal.reason}`) });
    const { json, typed, field } = pasted.value;
    const read = readBody(json);
    if (!read.ok) return this.#again(field === 'document' ? typed : '', { field, message: read.refusal.message });
    if (read.value.id === this.node.id(ctx)) return this.#again(field === 'document' ? typed : '', { field, message: wordsFor(this.renderer, ctx)('bodies.own') });
    return this.#comparePage(ctx, read.value);
  }

  @Post('pin') @Requires(MANAGE_AGREEMENTS)
  async pin(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const read = readBody(jsonIn(fieldOf(body, 'document')));
    if (!read.ok) return this.#again('', { field: 'document', message: read.refusal.message });
    if (fieldOf(body, 'compared') !== 'yes') return this.#comparePage(ctx, read.value, [{ field: 'compared', message: wordsFor(this.renderer, ctx)('bodies.compared-missing') }]);
    const outcome = await this.bodies.pin(ctx, read.value);
    return outcome.ok ? redirect(`${HOME}/${read.value.id}?result=pinned`) : this.#comparePage(ctx, read.value, [{ field: 'compared', message: outcome.refusal.message }]);
  }

  @Get(':id') @Requires(READ_AGREEMENTS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> {
    return this.#bodyPage(ctx, await this.bodies.find(ctx, id), { result: resultOf(result) });
  }

  /** A signed note of its log that contradicts another one, from 1 on: those that were looked at before, then the two of now. */
  @Get(':id/notes/:number') @Requires(READ_AGREEMENTS)
  async note(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('number') number: string): Promise<DownloadResult> {
    const { settled, contradiction = [] } = await this.bodies.find(ctx, id);
    const note = /^[1-9]\d{0,5}$/.test(number) ? [...settled.flatMap(({ notes }) => notes), ...contradiction][Number(number) - 1] : undefined;
    if (!note) throw new NotFound('There is no such note here.');
    return download(Buffer.from(note), { filename: `${id}-log-note-${number}.txt`, type: 'text/plain; charset=utf-8' });
  }

  @Post(':id/go-on') @Requires(MANAGE_AGREEMENTS)
  async goOn(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const known = await this.bodies.find(ctx, id);
    const because = fieldOf(body, 'because');
    const outcome = await this.contradictions.goOn(ctx, id, because);
    if (!outcome.ok && outcome.refusal.reason === 'no-reason') return this.#bodyPage(ctx, known, { typed: because, errors: [{ field: 'because', message: wordsFor(this.renderer, ctx)('contradiction.no-reason') }] });
    return redirect(`${HOME}/${id}?result=${outcome.ok ? 'goes-on' : 'was-settled'}`);
  }

  @Get(':id/guideline') @Requires(MANAGE_AGREEMENTS)
  async askForGuideline(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('sharing/guideline', { known: await this.bodies.find(ctx, id), typed: '' }); }

  @Post(':id/guideline') @Requires(MANAGE_AGREEMENTS) @TakesFiles()
  async takeGuideline(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const known = await this.bodies.find(ctx, id);
    const again = (typed: string, error: FieldError): PageResult => page('sharing/guideline', { known, typed, errors: [error] }, { status: 422 });
    const pasted = await readPasted(request, body);
    if (!pasted.ok) return again(pasted.refusal.typed, { field: pasted.refusal.field, message: wordsFor(this.renderer, ctx)(`bring-in.${pasted.refusal.reason}`) });
    const { json, field } = pasted.value;
    const typed = field === 'document' ? pasted.value.typed : '';
    const read = readGuideline(json);
    if (!read.ok) return again(typed, { field, message: read.refusal.message });
    const outcome = await this.bodies.takeGuideline(ctx, id, read.value);
    return outcome.ok ? redirect(`${HOME}/${id}?result=guideline-taken`) : again(typed, { field, message: outcome.refusal.message });
  }

  #again(typed: string, error: FieldError): PageResult { return page('sharing/new-body', { typed, errors: [error] }, { status: 422 }); }

  async #bodyPage(ctx: RequestContext, known: KnownBody, shown: { readonly errors?: readonly FieldError[]; readonly typed?: string; readonly result?: ReturnType<typeof resultOf> }): Promise<PageResult> {
    // Numbered by their places, so that an address goes on to mean the same note.
    const numbered = (notes: readonly string[], before: number): readonly number[] => notes.flatMap((note, at) => (note ? [before + at + 1] : []));
    const settled = known.settled.map((one, at) => ({ ...one, numbers: numbered(one.notes, known.settled.slice(0, at).flatMap(({ notes }) => notes).length) }));
    const now = numbered(known.contradiction ?? [], known.settled.flatMap(({ notes }) => notes).length);
    return page('sharing/body', { ...shown, known: this.trust.of(ctx, known), settled, contradicting: known.contradiction && now, trust: await this.trust.seen(ctx, known), body: shownBody(known.body), issuers: this.node.issuers(ctx), mayManage: may(ctx, MANAGE_AGREEMENTS) }, shown.errors ? { status: 422 } : {});
  }

  async #comparePage(ctx: RequestContext, body: PublicBody, errors: readonly FieldError[] = []): Promise<PageResult> {
    const [known] = await this.bodies.named(ctx, [body.id]);
    return page('sharing/compare-keys', { body: shownBody(body, known?.body), document: canonicalize(body), isKnown: known !== undefined, errors }, errors.length ? { status: 422 } : {});
  }
}

/** A body with what two people compare of its keys; and which of them are new to whoever knew it before. */
function shownBody(body: PublicBody, before?: PublicBody): object {
  return { ...body, keys: body.keys.map((key) => ({ ...key, fingerprint: keyFingerprint(key.x), isNew: before !== undefined && !before.keys.some(({ x }) => x === key.x) })) };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
