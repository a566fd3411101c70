import { Inject, Injectable } from '@nestjs/common';
import { redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { dayOf } from '@guildhall/cases-contract';
import { CLOCK, type Clock, type Language, type Officer, type RequestContext } from '@guildhall/kernel-contract';
import { progressOf, readPage, type Answers, type InstalledService, type Problem, type Progress, type Question, type RawFields } from '@guildhall/services-contract';
import { one } from '../asking/field-view';
import { PageActions } from '../asking/page-actions';
import type { Draft } from '../drafts/draft';
import { askedOf, panelFieldOf } from './assisted-form';
import { KeepAssistedDraft } from './keep-assisted-draft';
import { SendAssisted } from './send-assisted';
import { ShowAssisted } from './show-assisted';

/** Takes what an adviser filled in: keeps what is right, opens what it opens, and sends when the adviser says so and everything is there. */
@Injectable()
export class TakeAssisted {
  constructor(
    @Inject(KeepAssistedDraft) private readonly drafts: KeepAssistedDraft, @Inject(ShowAssisted) private readonly screen: ShowAssisted, @Inject(PageActions) private readonly actions: PageActions,
    @Inject(SendAssisted) private readonly sending: SendAssisted, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param of the call's draft, or the id that it will have */
  async take(ctx: RequestContext, req: GuildhallRequest, officer: Officer, installed: InstalledService, of: Draft | string, body: FormBody): Promise<PageResult | RedirectResult> {
    const given = typeof of === 'string' ? undefined : of;
    const today = dayOf(this.clock.now());
    const before = progressOf(installed, given?.answers ?? {}, today);
    const questions = askedOf(before);
    const asked = await this.actions.before({ ctx, req, installed, draft: given, progress: before, step: { page: { slug: 'assist', questions }, questions, isComplete: false }, isChange: false }, withCaller(installed, body));
    const { raw } = asked;
    const read = readPage(before.steps.flatMap((step) => step.questions).filter(({ type }) => type !== 'photos'), raw, { today, lookedUp: asked.lookedUp });
    // Questions that these answers open are answered at once where the panel has the answer: nobody sees them.
    const opened = progressOf(installed, { ...given?.answers, ...read.answers }, today).steps.flatMap((step) => step.questions).filter(({ id }) => panelFieldOf(installed, id) && !questions.some((question) => question.id === id));
    const beside = readPage(opened, raw, { today, lookedUp: asked.lookedUp });
    const problems = [...read.problems, ...beside.problems];
    const kept = await this.keep(ctx, officer, installed, of, raw, { ...read.answers, ...beside.answers });
    if (!kept) return redirect(`/desk/assist/${installed.slug}/${typeof of === 'string' ? of : of.draftId}/sent`);
    const progress = progressOf(installed, kept.answers, today);
    if (asked.show) return this.screen.show(ctx, { installed, draft: kept, progress, raw, again: asked.show });
    if (one(body, 'action') !== 'send') {
      const found = await this.actions.resultsFor(ctx, askedOf(progress), raw);
      return this.screen.show(ctx, { installed, draft: kept, progress, raw, again: { raw, problems: typedWrongly(problems, [...questions, ...opened], raw), found } });
    }
    return this.sending.send(ctx, { installed, draft: kept, progress: withoutPhotos(installed, kept, today), raw, problems, today, lookedUp: asked.lookedUp });
  }

  private async keep(ctx: RequestContext, officer: Officer, installed: InstalledService, of: Draft | string, raw: RawFields, answers: Answers): Promise<Draft | undefined> {
    const how = { answers, channel: one(raw, 'assistedChannel') === 'counter' ? ('counter' as const) : ('telephone' as const), language: (one(raw, 'assistedLanguage') === 'cy' ? 'cy' : 'en') as Language };
    return typeof of === 'string' ? this.drafts.begin(ctx, officer, installed, of, how) : this.drafts.save(ctx, of, how);
  }
}

/** While the adviser is still asking, only what was typed and cannot be right is wrong. */
function typedWrongly(problems: readonly Problem[], questions: readonly Question[], raw: RawFields): readonly Problem[] {
  return problems.filter((problem) => {
    const question = questions.find(({ id }) => id === problem.question) as Question;
    return Object.entries(raw).some(([name, value]) => (name === question.id || name.startsWith(`${question.id}-`)) && !/-(view|here|searched|find|building|narrowed)$/.test(name) && [value ?? ''].flat().some((text) => text.trim() !== ''));
  });
}

/** Photos cannot come by telephone: a question of photos that may be left out counts as left out. */
function withoutPhotos(installed: InstalledService, draft: Draft, today: string): Progress {
  const absent = Object.fromEntries([...installed.questions.values()].filter(({ type, optional, id }) => type === 'photos' && optional && draft.answers[id] === undefined).map(({ id }) => [id, null]));
  return progressOf(installed, { ...draft.answers, ...absent }, today);
}

/** What stands beside about the caller answers the service's own questions about it. */
function withCaller(installed: InstalledService, body: FormBody): FormBody {
  const filled = [...installed.questions.keys()].flatMap((id) => { const field = panelFieldOf(installed, id); return field ? [[id, one(body, field)] as const] : []; });
  return { ...body, ...(Object.fromEntries(filled) as FormBody) };
}
