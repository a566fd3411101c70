import { setTimeout as wait } from 'node:timers/promises';
import { formsOnPage, linksOnPage } from './forms-on-page';
import { answerPages, confirmationOn, payByCard, type Answers, type Confirmation } from './journeys';
import type { Person } from './person';

/** What people do when a page does not come. */
export const HABITS = ['loads the page again', 'begins again at the service', 'comes back later, by the account'] as const;
/** @see HABITS */
export type Habit = (typeof HABITS)[number];

/** A request broke off because nobody was there to answer, or answered that it is not available just now. */
export class CutOff extends Error {}

const GONE = /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up|aborted/;

/** Does something; whatever breaks off because the server is gone becomes a {@link CutOff}. */
export async function unlessCutOff<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (GONE.test(`${(error as { code?: string }).code ?? ''} ${(error as Error).message}`)) throw new CutOff('Nobody answered.', { cause: error });
    throw error;
  }
}

/** What somebody wants who does not give up. */
export interface Wish {
  readonly service: string;
  readonly draftId: string;
  readonly answers: Answers;
  readonly declares?: Readonly<Record<string, string>>;
  /** Told of the page on which the answers are checked, before they are sent. */
  readonly checks?: (person: Person) => void;
}

/**
 * Goes on from whatever page somebody sees, by what that page offers and by nothing else, until the order is confirmed.
 * @throws Error when a page offers no way on, or a fault is shown
 */
export async function carryOnToTheEnd(person: Person, wish: Wish): Promise<Confirmation> {
  for (let moves = 0, waits = 0; moves < 60 && waits < 200; ) {
    const { status, url, html } = person.page;
    if (status === 503) {
      waits++;
      await wait(200);
      await person.resend();
      continue;
    }
    moves++;
    if (url.origin !== person.home) await onTheProvidersPage(person);
    else if (status >= 400) throw person.lost('is no page to go on from');
    else if (person.path.includes('/done/')) return confirmationOn(person);
    else if (person.path === `/services/${wish.service}`) await person.follow(/^Carry on where you stopped/);
    else if (person.path.endsWith('/check-answers')) {
      wish.checks?.(person);
      await person.send(wish.declares ?? {});
    }
    else if (person.path.startsWith(`/services/${wish.service}/`) && !person.path.includes('/pay/')) await answerPages(person, wish.service, wish.answers);
    else await onThePagesOfThePayment(person, html);
  }
  throw person.lost('comes after sixty others');
}

async function onTheProvidersPage(person: Person): Promise<void> {
  if (person.page.status === 200 && (person.offers('cardNumber') || person.offers('card'))) return payByCard(person);
  // The link was used before: its page leads back to the council's.
  const back = linksOnPage(person.page.html).find(({ href }) => href.startsWith(person.home));
  if (!back) throw person.lost('leads nowhere');
  await person.open(back.href);
}

async function onThePagesOfThePayment(person: Person, html: string): Promise<void> {
  if (formsOnPage(html).some(({ buttons }) => buttons.some(({ name, value }) => name === 'action' && value === 'pay'))) return void (await person.send({}, 'action=pay'));
  if (formsOnPage(html).some(({ action }) => /^\/payments\/[^/]+\/start$/.test(action))) return void (await person.send());
  await wait(200);
  await person.follow(/^(Look again|Check now)/);
}
