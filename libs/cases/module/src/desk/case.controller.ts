import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { IDS, NotFound, assertNever } from '@guildhall/kernel-contract';
import type { FieldError, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { SEE_CASES, parseReference } from '@guildhall/cases-contract';
import type { ChangeRefusal, MoveRefusal } from '@guildhall/cases-contract';
import { CasesService } from '../cases.service';
import { FindsCases } from '../finding/finds-cases';
import { Colleagues } from './colleagues';
import { fieldOf, keyOf, versionOf } from './form-fields';
import { ShowsCase, type FoundCase, type Unfinished } from './shows-case';
import { standardTextsFor, withText } from './standard-texts';

const SHOWN_ENTRIES = 30;
const MOST_TYPED = 5000;
const DONE = ['moved', 'noted', 'told', 'given'] as const;

/** The officer's page of one case, and what is done on it. */
@Controller('desk/cases/:reference')
export class CaseController {
  constructor(
    @Inject(FindsCases) private readonly finding: FindsCases, @Inject(CasesService) private readonly cases: CasesService, @Inject(ShowsCase) private readonly showing: ShowsCase,
    @Inject(Colleagues) private readonly colleagues: Colleagues, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Get()
  @Requires(SEE_CASES)
  async show(@Ctx() ctx: RequestContext, @Param('reference') typed: string, @Query('done') done?: string | string[], @Query('after') cursor?: string | string[]): Promise<PageResult | RedirectResult> {
    const reference = parseReference(typed, ctx.council.referencePrefix);
    if (reference && reference !== typed) return redirect(`/desk/cases/${reference}`);
    const found = await this.found(ctx, typed);
    const after = typeof cursor === 'string' ? cursor : undefined;
    const timeline = after ? await this.finding.timeline(ctx, { reference: found.view.reference }, { after, limit: SHOWN_ENTRIES }) : found.timeline;
    return page('cases/desk/case', { ...(await this.showing.show(ctx, { ...found, timeline })), isOlder: Boolean(after), done: DONE.find((one) => one === done) });
  }

  /** Where something was sent and the sign-in had ended meanwhile, an officer comes back to by its address: to the case. */
  @Get(['notes', 'updates', 'assignments'])
  @Requires(SEE_CASES)
  async comeBack(@Ctx() ctx: RequestContext, @Param('reference') reference: string): Promise<RedirectResult> {
    const { view } = await this.found(ctx, reference);
    return redirect(`/desk/cases/${view.reference}`);
  }

  @Post('notes')
  @Requires(SEE_CASES)
  async note(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const found = await this.found(ctx, reference);
    const text = fieldOf(body, 'note');
    if (fieldOf(body, 'do') === 'insert') return this.again(ctx, found, { action: 'note', text: withText(text, standardTextsFor(ctx, found.seen.type, found.seen.record, 'note', found.seen.today), fieldOf(body, 'standard-note')) });
    const errors = this.errorsOf(ctx, 'note', text);
    if (errors.length) return this.again(ctx, found, { action: 'note', text, errors });
    // A note takes the mark "to look at" away: not from under somebody whose page is from before it. A second press of the same button stays the same request.
    const isBehind = found.view.staff?.needsAttention && versionOf(body) !== found.view.version;
    const outcome = await this.cases.note(ctx, { caseId: found.view.id, text, idempotencyKey: keyOf(body, () => this.ids.uuid()), ...(isBehind && { expectedVersion: versionOf(body) }) });
    return this.answer(ctx, reference, outcome, 'noted', { action: 'note', text });
  }

  @Post('updates')
  @Requires(SEE_CASES)
  async tell(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const found = await this.found(ctx, reference);
    const text = fieldOf(body, 'tell');
    if (fieldOf(body, 'do') === 'insert') return this.again(ctx, found, { action: 'tell', text: withText(text, standardTextsFor(ctx, found.seen.type, found.seen.record, 'update', found.seen.today), fieldOf(body, 'standard-tell')) });
    const errors = this.errorsOf(ctx, 'tell', text);
    if (errors.length) return this.again(ctx, found, { action: 'tell', text, errors });
    const outcome = await this.cases.tell(ctx, { caseId: found.view.id, text, expectedVersion: versionOf(body), idempotencyKey: keyOf(body, () => this.ids.uuid()) });
    return this.answer(ctx, reference, outcome, 'told', { action: 'tell', text });
  }

  @Post('assignments')
  @Requires(SEE_CASES)
  async assign(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const found = await this.found(ctx, reference);
    const to = fieldOf(body, 'to');
    const assignee = to === 'nobody' ? undefined : await this.colleagues.named(ctx, to);
    if (to !== 'nobody' && !assignee) return this.again(ctx, found, { action: 'assign', errors: [{ field: 'to', message: this.say(ctx, 'error-person') }] });
    const team = fieldOf(body, 'team');
    const { version, staff } = found.view;
    // A second press of the same button carries the version before the first: its key answers for it.
    const changesNothing = versionOf(body) === version && assignee?.officerId === staff?.assignee?.officerId && (!team || team === staff?.team);
    if (changesNothing) return this.again(ctx, found, { action: 'assign', errors: [{ field: 'to', message: this.say(ctx, assignee ? 'error-already-there' : 'error-no-one') }] });
    const outcome = await this.cases.assign(ctx, { caseId: found.view.id, expectedVersion: versionOf(body), idempotencyKey: keyOf(body, () => this.ids.uuid()), ...(assignee && { assignee }), ...(team && { team }) });
    return this.answer(ctx, reference, outcome, 'given', { action: 'assign' });
  }

  private async found(ctx: RequestContext, typed: string): Promise<FoundCase> {
    const reference = parseReference(typed, ctx.council.referencePrefix);
    const found = reference && (await this.finding.withTimeline(ctx, { reference }, SHOWN_ENTRIES));
    if (!found) throw new NotFound('There is no such case here.');
    return found;
  }

  private async again(ctx: RequestContext, found: FoundCase, unfinished: Unfinished): Promise<PageResult> {
    return page('cases/desk/case', await this.showing.show(ctx, found, unfinished), { status: unfinished.changed ? 409 : unfinished.errors?.length ? 400 : 200 });
  }

  /** Back to the page; or the page again with what changed meanwhile and what was typed. */
  private async answer(ctx: RequestContext, reference: string, outcome: Outcome<unknown, ChangeRefusal | MoveRefusal>, done: (typeof DONE)[number], unfinished: Unfinished): Promise<PageResult | RedirectResult> {
    if (outcome.ok) return redirect(`/desk/cases/${reference}?done=${done}`);
    const { refusal } = outcome;
    switch (refusal.reason) {
      case 'changed-meanwhile': return this.again(ctx, await this.found(ctx, reference), { ...unfinished, changed: 'changes' in refusal ? refusal : undefined });
      case 'unknown-case': throw new NotFound(refusal.message);
      case 'not-possible-now': case 'not-yours-to-do': case 'reasons-missing': return this.again(ctx, await this.found(ctx, reference), { ...unfinished, errors: [{ field: '', message: this.renderer.messages.t(ctx, 'cases.desk.move.not-possible') }] });
      default: return assertNever(refusal);
    }
  }

  private errorsOf(ctx: RequestContext, field: 'note' | 'tell', text: string): readonly FieldError[] {
    if (!text) return [{ field, message: this.say(ctx, `error-${field}`) }];
    return text.length > MOST_TYPED ? [{ field, message: this.say(ctx, 'error-too-long', { count: MOST_TYPED }) }] : [];
  }

  private say(ctx: RequestContext, key: string, values?: Readonly<Record<string, number>>): string {
    return this.renderer.messages.t(ctx, `cases.desk.actions.${key}`, values);
  }
}
