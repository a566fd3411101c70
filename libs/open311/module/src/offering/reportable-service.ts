import type { CaseType } from '@guildhall/cases-contract';
import type { Answers, InstalledService, Open311Terms, Question } from '@guildhall/services-contract';
import { everHolds, type Holding } from './ever-holds';

/** A question that is asked of another system's reporter. */
export interface AskedQuestion { readonly question: Question; readonly isRequired: boolean }

/** One kind of report: a case type of a service, with the answers that lead to it. */
export interface ReportableService {
  readonly code: string;
  readonly type: CaseType;
  readonly installed: InstalledService;
  readonly terms: Open311Terms;
  /** Answers that are settled: the choice that leads to this kind, and what the service takes as given. */
  readonly settled: Answers;
  readonly asked: readonly AskedQuestion[];
}

/** The code under which other systems know a case type: letters, digits, hyphens and underscores are all that the strictest of them take. */
export function serviceCodeOf(caseType: string): string {
  return caseType.replaceAll('.', '_');
}

/** The kinds of report that a service amounts to; none when it costs something, needs a sign-in, or a kind cannot be told by one choice. */
export function reportableServices(installed: InstalledService): readonly ReportableService[] {
  const { service } = installed;
  if (service.open311 === false || service.fee || service.audience.signIn === 'required') return [];
  const terms = service.open311 ?? {};
  return service.opens.types.flatMap((type) => {
    const chosen = choiceOf(installed, type.id, terms);
    if (!chosen) return [];
    const settled = { ...chosen, ...terms.given };
    const asked = askedOf(installed, settled, terms);
    return asked ? [{ code: serviceCodeOf(type.id), type, installed, terms, settled, asked }] : [];
  });
}

/** The answer to the one question that decides which case a service opens. */
function choiceOf({ service, settings }: InstalledService, caseType: string, { given }: Open311Terms): Answers | undefined {
  if (service.opens.types.length === 1) return {};
  for (const page of service.pages) {
    for (const question of page.when ? [] : (page.questions ?? [])) {
      if (question.type !== 'radios' || question.when) continue;
      const leading = question.options.filter(({ value }) => whichOf({ ...given, [question.id]: value }) === caseType);
      if (leading.length === 1) return { [question.id]: leading[0]?.value ?? '' };
    }
  }
  return undefined;

  function whichOf(answers: Answers): string | undefined {
    try {
      return service.opens.which?.({ answers, settings } as never);
    } catch {
      // It needs more answers than this one.
      return undefined;
    }
  }
}

/** What is left to ask; undefined when this kind of report ends outside the journey. */
function askedOf({ service }: InstalledService, settled: Answers, { description }: Open311Terms): readonly AskedQuestion[] | undefined {
  const { contact = {}, location } = service.opens;
  const others = new Set([contact.name, contact.email, contact.phone, ...[location ?? []].flat(), description]);
  const asked: AskedQuestion[] = [];
  const open = new Set<string>();
  for (const page of service.pages) {
    const here = everHolds(page.when, settled, open);
    if (here === 'never') continue;
    if (!page.questions) {
      if (here === 'always') return undefined;
      continue;
    }
    for (const question of page.questions) {
      const holding: Holding = here === 'always' ? everHolds(question.when, settled, open) : everHolds(question.when, settled, open) === 'never' ? 'never' : 'maybe';
      if (holding === 'never' || Object.hasOwn(settled, question.id)) continue;
      open.add(question.id);
      if (!others.has(question.id) && question.type !== 'photos') asked.push({ question, isRequired: holding === 'always' && question.optional !== true });
    }
  }
  return asked;
}
