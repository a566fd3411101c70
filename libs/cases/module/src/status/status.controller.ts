import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { IDS, NotFound, assertNever } from '@guildhall/kernel-contract';
import type { FieldError, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Ctx, Limited, PageRenderer, Public, TakesFiles, form, page, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { parseReference, transitionOf } from '@guildhall/cases-contract';
import type { ChangeRefusal, MoveRefusal } from '@guildhall/cases-contract';
import { fieldOf, keyOf, versionOf } from '../desk/form-fields';
import type { FoundCase } from '../desk/shows-case';
import { FindsCases } from '../finding/finds-cases';
import { MovesCases } from '../moving/moves-cases';
import { TellsResidents } from '../telling/tells-residents';
import { ShowsStatus, statusAddress, type UnfinishedWords } from './shows-status';
import { TakesPhotos } from './takes-photos';

const SHOWN_EVENTS = 50;
const MOST_TYPED = 5000;
const MOST_A_MINUTE = 120;
const DONE = ['moved', 'written', 'photos'] as const;
/** Not for search engines, and not for whoever the page leads on to. */
const HEADERS = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' };

type QueryString = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The resident's page of one case: whoever has its address with the key, or has signed in as the person whose case it is. */
@Controller('status/:reference')
export class StatusController {
  constructor(
    @Inject(FindsCases) private readonly finding: FindsCases, @Inject(MovesCases) private readonly moving: MovesCases, @Inject(TellsResidents) private readonly telling: TellsResidents,
    @Inject(ShowsStatus) private readonly showing: ShowsStatus, @Inject(TakesPhotos) private readonly photos: TakesPhotos, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Get()
  @Public()
  @Limited(MOST_A_MINUTE)
  async show(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Query() query: QueryString): Promise<PageResult> {
    const { key, done, refused } = textsOf(query);
    const found = await this.found(ctx, reference, key);
    if (!found) return missing();
    const count = Math.min(Math.max(Number.parseInt(refused ?? '', 10) || 0, 0), 10);
    return page('cases/status/status', { ...(await this.showing.show(ctx, found, key)), done: DONE.find((one) => one === done), refusedCount: count }, { headers: HEADERS });
  }

  /** "It is not fixed", an answer to our question: a way that is the resident's own. */
  @Post('moves/:transition')
  @Public()
  @TakesFiles()
  @Limited(MOST_A_MINUTE)
  async move(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Param('transition') id: string, @Query() query: QueryString, @Req() req: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { key } = textsOf(query);
    const found = await this.found(ctx, reference, key);
    if (!found) return missing();
    const words = fieldOf(body, 'words');
    const transition = transitionOf(found.seen.type, id);
    // Who is asked something answers in words, also where the table does not insist on them.
    const errors = this.errorsOf(ctx, words, transition?.reasons?.required ?? found.view.stateKind === 'waiting', `words-${id}`);
    if (errors.length) return this.again(ctx, found, key, { form: id, words, errors });
    const { kept, refused } = await this.photos.take(ctx, found.view.id, req.uploads ?? []);
    const outcome = await this.moving.move(ctx, { caseId: found.view.id, transition: id, expectedVersion: versionOf(body), idempotencyKey: keyOf(body, () => this.ids.uuid()), ...(words && { reasons: words }), ...(kept.length && { documents: [...kept] }), ...(key && { statusKey: key }) });
    return this.answer(ctx, reference, key, outcome, refused ? 'photos' : 'moved', refused, { form: id, words, errors: [] });
  }

  /** Words and photos that change nothing by themselves. */
  @Post('words')
  @Public()
  @TakesFiles()
  @Limited(MOST_A_MINUTE)
  async write(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Query() query: QueryString, @Req() req: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { key } = textsOf(query);
    const found = await this.found(ctx, reference, key);
    if (!found) return missing();
    const text = fieldOf(body, 'words');
    const errors = this.errorsOf(ctx, text, !(req.uploads ?? []).some((file) => file.sizeInBytes), 'words');
    if (errors.length) return this.again(ctx, found, key, { form: 'words', words: text, errors });
    const { kept, refused } = await this.photos.take(ctx, found.view.id, req.uploads ?? []);
    const outcome = await this.telling.write(ctx, { caseId: found.view.id, text, idempotencyKey: keyOf(body, () => this.ids.uuid()), ...(kept.length && { documents: [...kept] }), ...(key && { statusKey: key }) });
    return this.answer(ctx, reference, key, outcome, refused ? 'photos' : 'written', refused, { form: 'words', words: text, errors: [] });
  }

  private async found(ctx: RequestContext, typed: string, key: string | undefined): Promise<FoundCase | undefined> {
    const reference = parseReference(typed, ctx.council.referencePrefix);
    // An officer has a page of their own; here they see what whoever holds the link sees.
    const reader: RequestContext = ctx.actor.kind === 'officer' ? Object.freeze({ ...ctx, actor: { kind: 'nobody' as const } }) : ctx;
    return reference ? this.finding.withTimeline(reader, { reference, ...(key && { statusKey: key }) }, SHOWN_EVENTS) : undefined;
  }

  private async answer(ctx: RequestContext, reference: string, key: string | undefined, outcome: Outcome<unknown, ChangeRefusal | MoveRefusal>, done: (typeof DONE)[number], refused: number, unfinished: UnfinishedWords): Promise<PageResult | RedirectResult> {
    if (outcome.ok) return redirect(`/status/${reference}?${new URLSearchParams({ ...(key && { key }), done, ...(refused && { refused: String(refused) }) }).toString()}`);
    const { reason } = outcome.refusal;
    const found = await this.found(ctx, reference, key);
    if (!found) return missing();
    switch (reason) {
      case 'changed-meanwhile': return this.again(ctx, found, key, { ...unfinished, hasChanged: true });
      case 'unknown-case': throw new NotFound();
      case 'not-possible-now': case 'not-yours-to-do': return this.again(ctx, found, key, { ...unfinished, form: 'words', errors: [{ field: '', message: this.say(ctx, 'gone') }] });
      case 'reasons-missing': return this.again(ctx, found, key, { ...unfinished, errors: [{ field: `words-${unfinished.form}`, message: this.say(ctx, 'error-words') }] });
      default: return assertNever(reason);
    }
  }

  private async again(ctx: RequestContext, found: FoundCase, key: string | undefined, unfinished: UnfinishedWords): Promise<PageResult> {
    return page('cases/status/status', await this.showing.show(ctx, found, key, unfinished), { status: unfinished.hasChanged ? 409 : 400, headers: HEADERS, gotAt: statusAddress(found.view.reference, key) });
  }

  private errorsOf(ctx: RequestContext, words: string, isRequired: boolean, field: string): readonly FieldError[] {
    if (!words && isRequired) return [{ field, message: this.say(ctx, 'error-words') }];
    return words.length > MOST_TYPED ? [{ field, message: this.say(ctx, 'error-too-long', { count: MOST_TYPED }) }] : [];
  }
  private say(ctx: RequestContext, key: string, values?: Readonly<Record<string, number>>): string {
    return this.renderer.messages.t(ctx, `cases.status.${key}`, values);
  }
}

/** The same for a case that is not there and for a key that is wrong. */
function missing(): PageResult {
  return page('cases/status/missing', {}, { status: 404, headers: HEADERS });
}

/** What the address says; a name that comes twice says nothing. */
function textsOf(query: QueryString): { readonly key?: string; readonly done?: string; readonly refused?: string } {
  return Object.fromEntries(['key', 'done', 'refused'].flatMap((name) => (typeof query[name] === 'string' && query[name] ? [[name, query[name]]] : [])));
}
