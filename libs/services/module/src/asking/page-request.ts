import type { FormBody, GuildhallRequest } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { InstalledService, Progress, QuestionPage, Step } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';

/** One visit to a page of a journey. */
export interface PageVisit {
  readonly ctx: RequestContext;
  readonly req: GuildhallRequest;
  readonly installed: InstalledService;
  readonly draft?: Draft;
  readonly progress: Progress;
  readonly step: Step;
  /** Came from the check-answers page, and goes back there: by way of the pages that the change has opened. */
  readonly isChange: boolean;
}

/** A form that came in. */
export interface PageForm { readonly body: FormBody; readonly action: string }

/** Where a page is. */
export function pathOf(slug: string, page: Pick<QuestionPage, 'slug'> | string, isChange = false): string {
  return `/services/${slug}/${typeof page === 'string' ? page : page.slug}${isChange ? '?change=1' : ''}`;
}
