import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { IDS, NotFound, assertNever, demand } from '@guildhall/kernel-contract';
import type { FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { SEE_CASES, checkMove, parseReference, permissionOf, transitionOf } from '@guildhall/cases-contract';
import type { CaseTransition } from '@guildhall/cases-contract';
import { FindsCases } from '../finding/finds-cases';
import { MovesCases } from '../moving/moves-cases';
import { fieldOf, keyOf, versionOf } from './form-fields';
import type { FoundCase } from './shows-case';
import { ShowsMove, type MoveTyped } from './shows-move';
import { standardTextsFor, withText } from './standard-texts';

const MOST_TYPED = 5000;

/** Moves on the desk: one press where nothing is asked, a page with reasons and the letter where something is. */
@Controller('desk/cases/:reference/moves/:transition')
export class MoveController {
  constructor(
    @Inject(FindsCases) private readonly finding: FindsCases, @Inject(MovesCases) private readonly moving: MovesCases, @Inject(ShowsMove) private readonly showing: ShowsMove, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Get()
  @Requires(SEE_CASES)
  async ask(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Param('transition') id: string): Promise<PageResult | RedirectResult> {
    const { found, transition } = await this.meant(ctx, reference, id);
    // A step that is gone is told on the case's page, with what happened since.
    if (!transition.from.includes(found.view.state)) return redirect(`/desk/cases/${found.view.reference}`);
    return page('cases/desk/move', this.showing.show(ctx, found, transition, { reasons: '', showsPreview: false }));
  }

  @Post()
  @Requires(SEE_CASES)
  async move(@Ctx() ctx: RequestContext, @Param('reference') reference: string, @Param('transition') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { found, transition } = await this.meant(ctx, reference, id);
    const reasons = fieldOf(body, 'reasons');
    const again = (typed: Omit<MoveTyped, 'reasons'>, status: number): PageResult => page('cases/desk/move', this.showing.show(ctx, found, transition, { reasons, ...typed }), { status });
    if (fieldOf(body, 'do') === 'insert') {
      const texts = standardTextsFor(ctx, found.seen.type, found.seen.record, transition, found.seen.today);
      return page('cases/desk/move', this.showing.show(ctx, found, transition, { reasons: withText(reasons, texts, fieldOf(body, 'standard-reasons')), showsPreview: false }));
    }
    const errors = this.errorsOf(ctx, found, transition, reasons);
    if (errors.length) return again({ showsPreview: false, errors }, 400);
    if (fieldOf(body, 'do') === 'preview') return again({ showsPreview: true }, 200);
    const outcome = await this.moving.move(ctx, { caseId: found.view.id, transition: id, expectedVersion: versionOf(body), idempotencyKey: keyOf(body, () => this.ids.uuid()), ...(reasons && { reasons }) });
    if (outcome.ok) return redirect(`/desk/cases/${found.view.reference}?done=moved`);
    const { refusal } = outcome;
    switch (refusal.reason) {
      case 'changed-meanwhile': return again({ showsPreview: false, changed: 'changes' in refusal ? refusal : undefined, errors: transition.from.includes(found.view.state) ? [] : [this.notPossible(ctx)] }, 409);
      case 'unknown-case': throw new NotFound(refusal.message);
      case 'not-possible-now': case 'not-yours-to-do': return again({ showsPreview: false, errors: [this.notPossible(ctx)] }, 409);
      case 'reasons-missing': return again({ showsPreview: false, errors: [{ field: 'reasons', message: this.say(ctx, 'actions.error-reasons') }] }, 400);
      default: return assertNever(refusal);
    }
  }

  private async meant(ctx: RequestContext, typed: string, id: string): Promise<{ readonly found: FoundCase; readonly transition: CaseTransition }> {
    const reference = parseReference(typed, ctx.council.referencePrefix);
    const found = reference && (await this.finding.withTimeline(ctx, { reference }, 1));
    const transition = found && transitionOf(found.seen.type, id);
    if (!found || !transition) throw new NotFound('There is no such case or step here.');
    demand(ctx, permissionOf(transition));
    return { found, transition };
  }

  private errorsOf(ctx: RequestContext, { seen: { type, record } }: FoundCase, transition: CaseTransition, reasons: string): readonly FieldError[] {
    if (reasons.length > MOST_TYPED) return [{ field: 'reasons', message: this.say(ctx, 'actions.error-too-long', { count: MOST_TYPED }) }];
    const checked = checkMove(type, record.state, { transition: transition.id, by: 'officer', reasons });
    return !checked.ok && checked.refusal.reason === 'reasons-missing' ? [{ field: 'reasons', message: this.say(ctx, 'actions.error-reasons') }] : [];
  }

  private notPossible(ctx: RequestContext): FieldError {
    return { field: '', message: this.say(ctx, 'move.not-possible') };
  }
  private say(ctx: RequestContext, key: string, values?: Readonly<Record<string, number>>): string {
    return this.renderer.messages.t(ctx, `cases.desk.${key}`, values);
  }
}
