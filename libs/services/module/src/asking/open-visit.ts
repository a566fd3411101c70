import { Inject, Injectable } from '@nestjs/common';
import { redirect, type GuildhallRequest, type RedirectResult } from '@guildhall/kernel';
import { isAtLeast } from '@guildhall/identity-contract';
import { dayOf } from '@guildhall/cases-contract';
import { CLOCK, NotAllowed, may, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { ASSIST_WITH_SERVICES, furthestPlace, progressOf, type InstalledService, type Progress, type QuestionPage } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { FindDrafts } from '../drafts/find-drafts';
import { InstalledServices } from '../offering/installed-services';
import { DropsStopped } from '../sourcing/drops-stopped';
import { pathOf } from './page-request';

/** A journey as its visitor finds it. */
export interface OpenedVisit { readonly installed: InstalledService; readonly draft?: Draft; readonly progress: Progress }

/** Opens a journey for whoever comes: which service, whose draft, how far. */
@Injectable()
export class OpenVisit {
  constructor(@Inject(InstalledServices) private readonly services: InstalledServices, @Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(DropsStopped) private readonly stopped: DropsStopped, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The journey, in at most one statement; and what was told in it is looked at again, where something was. */
  async open(ctx: RequestContext, req: GuildhallRequest, slug: string): Promise<OpenedVisit> {
    const installed = this.services.get(ctx, slug);
    const draft = await this.drafts.ofRequest(ctx, req, slug);
    return this.with(installed, draft && (await this.withoutStopped(ctx, installed, draft)));
  }

  /** A draft of this service, without what was told in it and is told no more. */
  withoutStopped(ctx: RequestContext, installed: InstalledService, draft: Draft): Promise<Draft> { return this.stopped.from(ctx, installed, draft); }

  with(installed: InstalledService, draft: Draft | undefined): OpenedVisit {
    return { installed, draft, progress: progressOf(installed, draft?.answers ?? {}, dayOf(this.clock.now())) };
  }

  /** A page of a service that asks something. @throws NotFound when the council does not offer the service */
  questionPage(ctx: RequestContext, slug: string, pageSlug: string): QuestionPage | undefined {
    const page = this.services.get(ctx, slug).pages.get(pageSlug);
    return page?.questions ? page : undefined;
  }

  today(): string {
    return dayOf(this.clock.now());
  }

  /** Today's first moment, roughly: summer time moves it by an hour. */
  startOfToday(): Date {
    return new Date(`${this.today()}T00:00:00Z`);
  }

  /** Where somebody must go before they may use a service: to sign in (more surely), or to the desk. Undefined when they may. */
  barrier(ctx: RequestContext, { slug, service: { audience } }: InstalledService, next: string): RedirectResult | undefined {
    const { actor } = ctx;
    if (actor.kind === 'officer') {
      if (!may(ctx, ASSIST_WITH_SERVICES)) throw new NotAllowed('This is for residents. Sign out of the desk first.');
      return redirect(`/desk/assist/${slug}`);
    }
    if (audience.signIn !== 'required') return undefined;
    if (actor.kind !== 'resident') return redirect(`/sign-in?next=${encodeURIComponent(next)}`);
    const wanted = audience.confidence ?? 'none';
    return isAtLeast(actor.confidence, wanted) ? undefined : redirect(`/sign-in?next=${encodeURIComponent(next)}&confidence=${wanted}`);
  }
}

/** Where a draft stands, as an address: its first open page, the payment, or the end. */
export function placeOf({ installed: { slug }, draft, progress }: OpenedVisit, isChange = false): string {
  if (draft?.state === 'paying') return `/services/${slug}/pay/${draft.draftId}`;
  if (draft && draft.state !== 'open') return `/services/${slug}/done/${draft.draftId}`;
  const place = furthestPlace(progress);
  return place.kind === 'page' ? pathOf(slug, place.page.slug, isChange) : pathOf(slug, 'check-answers');
}
