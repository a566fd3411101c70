import type { Text } from '@guildhall/kernel-contract';
import type { Condition } from './condition';
import type { Question } from './question';

interface AnyPage {
  /** Last part of the page's address: `number-of-bins`. */
  readonly slug: string;
  /** Key of the section to which it belongs, where the service has sections. */
  readonly section?: string;
  /** The page applies only when this holds of the answers on earlier pages. */
  readonly when?: Condition;
}
/** One step of a journey: one question, or several that belong together. @public */
export interface QuestionPage extends AnyPage {
  /** Heading of a page with several questions; a single question is its own heading. */
  readonly title?: Text;
  /** Stands below the heading. */
  readonly guidance?: Text;
  readonly questions: readonly Question[];
  readonly ending?: undefined;
}
/** Where a branch of a journey leads out of it: somebody else is responsible, or it cannot wait for a form. @public */
export interface EndingPage extends AnyPage {
  readonly title: Text;
  /** Paragraphs. */
  readonly ending: readonly Text[];
  readonly link?: { readonly title: Text; readonly href: string };
  readonly questions?: undefined;
}
/** @public */
export type Page = QuestionPage | EndingPage;

/** Addresses that a page cannot have: the journey's own. */
export const RESERVED_SLUGS: readonly string[] = ['start', 'check-answers', 'submit', 'pay', 'paid', 'done', 'carry-on', 'start-again', 'save'];
