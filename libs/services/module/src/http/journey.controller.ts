import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Ctx, Public, TakesFiles, form, page as pageOf, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { mayOpen } from '@guildhall/services-contract';
import { AnswerPage } from '../asking/answer-page';
import { NameFirst } from '../asking/name-first';
import { OpenVisit, placeOf } from '../asking/open-visit';
import { pathOf } from '../asking/page-request';
import { ShowPage } from '../asking/show-page';
import { ShowStart } from '../asking/show-start';
import { FindDrafts } from '../drafts/find-drafts';
import { LayAsideDrafts } from '../drafts/lay-aside-drafts';

/** The resident's journey: the start of a service, its pages, and coming back to it. */
@Controller('services/:slug')
export class JourneyController {
  constructor(
    @Inject(OpenVisit) private readonly visits: OpenVisit, @Inject(NameFirst) private readonly names: NameFirst, @Inject(ShowStart) private readonly start: ShowStart, @Inject(ShowPage) private readonly pages: ShowPage,
    @Inject(AnswerPage) private readonly answers: AnswerPage, @Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(LayAsideDrafts) private readonly aside: LayAsideDrafts,
  ) {}

  @Get() @Public()
  async showStart(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string): Promise<PageResult> {
    const opened = await this.visits.open(ctx, req, slug);
    return this.start.show(ctx, opened, await this.drafts.sentSince(ctx, req.session, slug, this.visits.startOfToday()));
  }

  @Get('carry-on') @Public()
  async carryOn(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Query('draft') draftId?: string): Promise<RedirectResult> {
    const opened = await this.visits.open(ctx, req, slug);
    const barrier = this.visits.barrier(ctx, opened.installed, `/services/${slug}/carry-on${draftId ? `?draft=${encodeURIComponent(draftId)}` : ''}`);
    if (barrier) return barrier;
    const chosen = draftId && draftId !== opened.draft?.draftId ? await this.drafts.byId(ctx, req.session, draftId) : undefined;
    if (chosen?.service !== slug) return redirect(opened.draft ? placeOf(opened) : `/services/${slug}`);
    await this.aside.carryOn(ctx, chosen);
    return redirect(placeOf(this.visits.with(opened.installed, chosen)));
  }

  @Post('start-again') @Public()
  async startAgain(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const { installed, draft } = await this.visits.open(ctx, req, slug);
    if (draft?.state === 'paying') return redirect(`/services/${slug}/pay/${draft.draftId}`);
    if (draft) await this.aside.giveUp(ctx, draft);
    const [first] = this.visits.with(installed, undefined).progress.steps;
    return redirect(first ? pathOf(slug, first.page) : `/services/${slug}`);
  }

  @Get('save') @Public()
  async save(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string): Promise<PageResult | RedirectResult> {
    const { installed, draft } = await this.visits.open(ctx, req, slug);
    if (!draft) return redirect(`/services/${slug}`);
    const back = `/services/${slug}/carry-on`;
    return pageOf('services/saved', {
      serviceName: installed.service.title, serviceHref: `/services/${slug}`, backHref: back, keptUntil: draft.expiresAt, isSignedIn: ctx.actor.kind === 'resident',
      signInHref: installed.service.audience.signIn === 'not-offered' ? undefined : `/sign-in?next=${encodeURIComponent(back)}`,
    });
  }

  @Get(':page') @Public()
  async showPage(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('page') pageSlug: string, @Query('change') change?: string): Promise<PageResult | RedirectResult> {
    const opened = await this.visits.open(ctx, req, slug);
    const { installed, draft, progress } = opened;
    const page = installed.pages.get(pageSlug);
    if (!page) throw new NotFound();
    const barrier = this.visits.barrier(ctx, installed, pathOf(slug, pageSlug)) ?? (draft ? undefined : await this.names.barrier(ctx, installed, pathOf(slug, pageSlug)));
    if (barrier) return barrier;
    if ((draft && draft.state !== 'open') || !mayOpen(progress, pageSlug)) return redirect(placeOf(opened));
    if (progress.ending && progress.ending === page) {
      const { title, ending, link } = progress.ending;
      const { language } = ctx;
      const before = progress.steps.at(-1)?.page;
      return pageOf('services/ending', {
        serviceName: installed.service.title, serviceHref: `/services/${slug}`, backHref: before ? pathOf(slug, before) : `/services/${slug}`, title: title[language], paragraphs: ending.map((text) => text[language]),
        link: link && { title: link.title[language], href: link.href },
      });
    }
    const step = progress.steps.find((one) => one.page === page);
    if (!step) throw new NotFound();
    return this.pages.show({ ctx, req, installed, draft, progress, step, isChange: change !== undefined });
  }

  @Post(':page') @Public() @TakesFiles()
  async answerPage(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('page') pageSlug: string, @Body(form()) body: FormBody, @Query('change') change?: string): Promise<PageResult | RedirectResult> {
    const page = this.visits.questionPage(ctx, slug, pageSlug);
    if (!page) throw new NotFound();
    return this.answers.answer(ctx, req, page, slug, body, change !== undefined);
  }
}
