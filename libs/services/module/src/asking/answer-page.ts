import { Inject, Injectable } from '@nestjs/common';
import { Sessions, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { mayOpen, nextPlace, readPage, type Answers, type InstalledService, type Origins, type Question, type QuestionPage, type Step } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { draftOfTicket, namesDraft } from '../drafts/draft-ticket';
import { FindDrafts } from '../drafts/find-drafts';
import { LayAsideDrafts } from '../drafts/lay-aside-drafts';
import { ResumeDraft } from '../drafts/resume-draft';
import { SaveAnswers } from '../drafts/save-answers';
import { OpenVisit, placeOf, type OpenedVisit } from './open-visit';
import { pathOf, type PageVisit } from './page-request';
import { PageActions } from './page-actions';
import { ShowPage } from './show-page';
import { TakesPress } from '../sourcing/takes-press';

/** Takes the answers of one page: reads them, keeps them, says where to go next. Sent twice, it does the same once. */
@Injectable()
export class AnswerPage {
  constructor(
    @Inject(OpenVisit) private readonly visits: OpenVisit, @Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(SaveAnswers) private readonly saves: SaveAnswers,
    @Inject(PageActions) private readonly actions: PageActions, @Inject(ShowPage) private readonly pages: ShowPage, @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(LayAsideDrafts) private readonly aside: LayAsideDrafts, @Inject(ResumeDraft) private readonly resumes: ResumeDraft, @Inject(TakesPress) private readonly presses: TakesPress,
  ) {}

  async answer(ctx: RequestContext, req: GuildhallRequest, page: QuestionPage, slug: string, body: FormBody, isChange: boolean): Promise<PageResult | RedirectResult> {
    const opened = await this.withFormsDraft(ctx, req, await this.visits.open(ctx, req, slug), body);
    const { installed, draft, progress } = opened;
    const own = req.guildhall.ctx;
    const barrier = this.visits.barrier(own, installed, pathOf(slug, page));
    if (barrier) {
      if (own.actor.kind !== 'officer') await this.keepForLater(own, req, installed, page, body);
      return barrier;
    }
    if (draft && draft.state !== 'open') return redirect(placeOf(opened));
    const step = progress.steps.find((one) => one.page.slug === page.slug);
    if (!step || !mayOpen(progress, page.slug)) {
      if (!draft) await this.keepForLater(own, req, installed, page, body);
      return redirect(placeOf(await this.visits.open(req.guildhall.ctx, req, slug)));
    }
    return this.take({ ctx: own, req, installed, draft, progress, step, isChange }, body);
  }

  private async take(visit: PageVisit, body: FormBody): Promise<PageResult | RedirectResult> {
    const { installed, step, isChange } = visit;
    const pressed = await this.presses.take(visit, body);
    if (pressed) return 'goTo' in pressed ? redirect(pressed.goTo) : this.pages.show(visit, pressed);
    const asked = await this.actions.before(visit, body);
    if (asked.show) return this.pages.show(asked.visit, asked.show);
    const used = await this.presses.used(visit, body);
    const typed = step.questions.filter(({ id }) => used.answers[id] === undefined);
    const { answers, problems } = readPage(typed, asked.raw, { today: this.visits.today(), lookedUp: asked.lookedUp, given: asked.visit.draft?.answers });
    if (problems.length) return this.pages.show(asked.visit, { raw: asked.raw, problems: used.isGone ? [] : problems, found: await this.actions.resultsFor(visit.ctx, step.questions, asked.raw), ...(used.isGone && { noticeKey: 'services.sourced.gone' }) });
    const saved = await this.save(asked.visit, { ...keepable(step.questions, answers), ...used.answers }, { ...this.presses.typed(visit, answers, asked.raw), ...used.origins });
    // It was confirmed in another window meanwhile.
    if (!saved) return redirect(placeOf(await this.visits.open(visit.req.guildhall.ctx, visit.req, installed.slug)));
    await this.presses.tell(visit, answers, asked.raw);
    const after = this.visits.with(installed, saved);
    // A changed branch may have opened questions: those are asked, and nothing that is answered already is walked through again.
    if (isChange) return redirect(placeOf(after, !after.progress.isComplete));
    const next = nextPlace(after.progress, step.page.slug);
    return redirect(pathOf(installed.slug, next.kind === 'page' ? next.page.slug : 'check-answers'));
  }

  private async save({ ctx, req, installed, draft }: PageVisit, answers: Answers, origins: Origins): Promise<Draft | undefined> {
    if (draft) return this.saves.into(ctx, installed, draft, answers, origins);
    return this.sessions.ensureWith(req, (owner, session) => this.saves.first(owner, installed, { answers, origins }, false, session));
  }

  /** The form says of which draft it is: it may have been laid aside, confirmed, or its visitor's session may have ended. */
  private async withFormsDraft(ctx: RequestContext, req: GuildhallRequest, opened: OpenedVisit, body: FormBody): Promise<OpenedVisit> {
    if (namesDraft(body['draft'], opened.draft)) return opened;
    const draftId = draftOfTicket(ctx, body['draft']);
    if (!draftId) return opened;
    const other = await this.drafts.byId(ctx, req.session, draftId);
    if (other?.service === opened.installed.slug) {
      if (other.state === 'open') await this.aside.carryOn(ctx, other);
      return this.visits.with(opened.installed, other);
    }
    if (ctx.actor.kind !== 'nobody' || opened.draft) return opened;
    const resumed = await this.resumes.resume(await this.sessions.ensure(req), draftId);
    return resumed ? this.visits.with(opened.installed, resumed) : opened;
  }

  /** What was typed on a page that cannot be taken now joins the draft when its owner has signed in. Photos are chosen again. */
  private async keepForLater(ctx: RequestContext, req: GuildhallRequest, installed: InstalledService, page: QuestionPage, body: FormBody): Promise<void> {
    if (ctx.actor.kind === 'resident') return;
    const { raw, lookedUp } = await this.actions.read(ctx, page.questions, body);
    const { answers } = readPage(page.questions, raw, { today: this.visits.today(), lookedUp });
    const typed = keepable(page.questions, answers);
    if (Object.values(typed).some((answer) => answer !== null)) await this.sessions.ensureWith(req, (owner, session) => this.saves.first(owner, installed, { answers: typed, origins: {} }, true, session));
  }
}

/** Photos come and go by themselves, whichever window they come from: only their absence is an answer. */
function keepable(questions: Step['questions'], answers: Answers): Answers {
  const photos = new Set(questions.filter((question: Question) => question.type === 'photos').map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id, answer]) => answer === null || !photos.has(id)));
}

