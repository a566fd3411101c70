import type { PlainDate } from '@guildhall/cases-contract';
import type { AnswerValue, Answers } from '../answers';
import { holds } from '../condition';
import type { InstalledService } from '../installed-service';
import type { EndingPage, Page, QuestionPage } from '../page';
import type { Question } from '../question';
import { isStillAnswer } from './check-answer';

/** A page that applies, with those of its questions that do. @public */
export interface Step {
  readonly page: QuestionPage;
  readonly questions: readonly Question[];
  readonly isComplete: boolean;
}

/** Where somebody stands in a journey: worked out afresh from the answers each time. @public */
export interface Progress {
  /** The pages that apply, in order. */
  readonly steps: readonly Step[];
  /** The answers that count: those of questions that apply. Whatever a changed branch has left behind is not among them. */
  readonly reachable: Answers;
  /** The first page that is not yet answered. */
  readonly firstUnfinished?: Step;
  /** Where the branch ends outside the journey. */
  readonly ending?: EndingPage;
  /** Everything is answered. */
  readonly isComplete: boolean;
}

/**
 * Works out where somebody stands. Conditions see only answers that count themselves, so that an answer of an abandoned branch decides nothing.
 * @public
 */
export function progressOf({ service }: InstalledService, answers: Answers, today: PlainDate): Progress {
  const reachable: Record<string, AnswerValue | null> = {};
  const steps: Step[] = [];
  let firstUnfinished: Step | undefined;
  let ending: EndingPage | undefined;
  for (const page of service.pages) {
    if (!holds(page.when, reachable)) continue;
    if (!page.questions) { ending = page; break; }
    const questions = page.questions.filter((question) => holds(question.when, reachable));
    if (questions.length === 0) continue;
    const isComplete = questions.every((question) => isStillAnswer(question, answers[question.id], today));
    const step: Step = { page, questions, isComplete };
    steps.push(step);
    if (!isComplete) firstUnfinished ??= step;
    // After the page, so that no condition sees an answer of its own page.
    for (const question of questions) {
      const answer = answers[question.id];
      if (answer !== undefined && isStillAnswer(question, answer, today)) reachable[question.id] = answer;
    }
  }
  return { steps, reachable, ...(firstUnfinished && { firstUnfinished }), ...(ending && { ending }), isComplete: !firstUnfinished && !ending };
}

/** Where to go. `check-answers` when everything is answered. @public */
export type Place = { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'check-answers' };

/** The page after this one. A page that no longer applies leads to the first that is not answered. @public */
export function nextPlace(progress: Progress, slug: string): Place {
  const at = progress.steps.findIndex(({ page }) => page.slug === slug);
  const next = at === -1 ? undefined : progress.steps[at + 1];
  if (next && mayOpen(progress, next.page.slug)) return { kind: 'page', page: next.page };
  return furthestPlace(progress);
}

/** Where somebody who comes back carries on. @public */
export function furthestPlace({ firstUnfinished, ending }: Progress): Place {
  if (firstUnfinished) return { kind: 'page', page: firstUnfinished.page };
  return ending ? { kind: 'page', page: ending } : { kind: 'check-answers' };
}

/** The page before this one, or nothing before the first. @public */
export function previousPage(progress: Progress, slug: string): QuestionPage | undefined {
  if (slug === 'check-answers' || slug === progress.ending?.slug) return progress.steps.at(-1)?.page;
  const at = progress.steps.findIndex(({ page }) => page.slug === slug);
  return at > 0 ? progress.steps[at - 1]?.page : undefined;
}

/** Whether a page may be opened: it applies, and every page before it is answered. Nobody skips ahead. @public */
export function mayOpen(progress: Progress, slug: string): boolean {
  if (slug === 'check-answers') return progress.isComplete;
  if (slug === progress.ending?.slug) return !progress.firstUnfinished;
  const at = progress.steps.findIndex(({ page }) => page.slug === slug);
  if (at === -1) return false;
  const barrier = progress.firstUnfinished ? progress.steps.indexOf(progress.firstUnfinished) : progress.steps.length;
  return at <= barrier;
}

/** "Section 2 of 4": where a page stands among the sections of the service. @public */
export function sectionOf({ service }: InstalledService, page: Page): { readonly number: number; readonly of: number } | undefined {
  const keys = Object.keys(service.sections ?? {});
  const at = page.section === undefined ? -1 : keys.indexOf(page.section);
  return at === -1 || keys.length < 2 ? undefined : { number: at + 1, of: keys.length };
}
