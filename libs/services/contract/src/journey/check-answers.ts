import type { Words } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import type { InstalledService } from '../installed-service';
import { isPersonal } from '../question';
import { answerWords } from './answer-words';
import type { Progress } from './progress';

/** One line of the summary. @public */
export interface SummaryRow {
  readonly question: string;
  readonly title: Text;
  /** The answer, line by line. */
  readonly lines: readonly Words[];
  /** The page on which it can be changed. */
  readonly page: string;
  readonly isPersonal: boolean;
}
/** The rows of one section, in order. @public */
export interface SummarySection { readonly title: Text; readonly rows: readonly SummaryRow[] }

/** What the check-answers page shows: the answers that count, and no others. @public */
export function checkAnswers({ service }: InstalledService, progress: Progress): readonly SummarySection[] {
  const sections: { key: string | undefined; title: Text; rows: SummaryRow[] }[] = [];
  for (const { page, questions } of progress.steps) {
    let section = sections.find(({ key }) => key === page.section);
    if (!section) {
      section = { key: page.section, title: (page.section !== undefined && service.sections?.[page.section]) || service.title, rows: [] };
      sections.push(section);
    }
    for (const question of questions) {
      section.rows.push({ question: question.id, title: question.shortTitle ?? question.title, lines: answerWords(question, progress.reachable[question.id]), page: page.slug, isPersonal: isPersonal(question) });
    }
  }
  return sections.map(({ title, rows }) => ({ title, rows }));
}
