import { defineCaseType } from '@guildhall/cases-contract';
import type { CaseState, CaseTransition, CaseType } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import { problemsOfService } from './define-service';
import type { Page } from './page';
import type { Question } from './question';
import type { Service } from './service';
import { isText, mapTexts, textsIn } from './service-texts';

/** A state put into the way of a transition: the transition leads to it, and the way out of it leads on to where the transition led. @public */
export interface InsertedState {
  readonly caseType: string;
  /** The transition that now leads here. */
  readonly after: string;
  /** Name of the new state. */
  readonly name: string;
  readonly state: CaseState;
  /** The way on. */
  readonly leave: Omit<CaseTransition, 'from' | 'to'>;
}

/** What a council may change of a shared service without a copy of it. @public */
export interface ServiceExtension {
  /** `glanafon-garden-waste` */
  readonly id: string;
  /** Counts up with every change. At most 99. */
  readonly version: number;
  /** The service's slug. */
  readonly service: string;
  /** Whole pages, each after another one (or first, when `after` is `start`). */
  readonly addPages?: readonly { readonly after: string; readonly page: Page }[];
  /** Questions at the end of a page that is there. */
  readonly addQuestions?: readonly { readonly page: string; readonly question: Question }[];
  /** Words in place of the service's own, by their place: `start.who`, `pages.bins.questions.numberOfBins.hint`. */
  readonly texts?: Readonly<Record<string, Text>>;
  readonly insertStates?: readonly InsertedState[];
}

/**
 * A service with a council's changes.
 * @throws Error that names the extension and what in the service it cannot find, or what would be wrong with the result
 */
export function extend<Values>(service: Service<Values>, extension: ServiceExtension): Service<Values> {
  const where = `The extension ${extension.id} of ${service.slug}`;
  if (extension.service !== service.slug) throw new Error(`${where} is one of ${extension.service}.`);
  if (!/^[a-z][a-z0-9-]{1,60}$/.test(extension.id)) throw new Error(`${where} must have an id of lower-case words with hyphens.`);
  if (!Number.isInteger(extension.version) || extension.version < 1 || extension.version > 99) throw new Error(`${where} needs a version: a whole number from 1 to 99.`);
  let pages: readonly Page[] = service.pages;
  for (const { after, page } of extension.addPages ?? []) {
    const at = after === 'start' ? -1 : pages.findIndex(({ slug }) => slug === after);
    if (at === -1 && after !== 'start') throw new Error(`${where} adds a page after ${after}, which is not there. The pages are ${pages.map(({ slug }) => slug).join(', ')}.`);
    pages = [...pages.slice(0, at + 1), page, ...pages.slice(at + 1)];
  }
  for (const { page: slug, question } of extension.addQuestions ?? []) {
    const page = pages.find((one) => one.slug === slug);
    if (!page?.questions) throw new Error(`${where} adds a question to the page ${slug}, which ${page ? 'asks nothing' : 'is not there'}.`);
    pages = pages.map((one) => (one === page ? { ...page, questions: [...page.questions, question], title: page.title ?? page.questions[0]?.title } : one));
  }
  const types = service.opens.types.map((type) => withStates(where, type, extension));
  for (const { caseType } of extension.insertStates ?? []) if (!types.some(({ id }) => id === caseType)) throw new Error(`${where} inserts a state into ${caseType}, which is not one of its case types.`);
  const changed = withTexts(where, { ...service, pages, opens: { ...service.opens, types } }, extension.texts ?? {});
  const problems = problemsOfService(changed);
  if (problems.length) throw new Error(`${where} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  return changed as Service<Values>;
}

/** The case types that an extension changed, under new versions: running cases keep theirs. */
export function changedCaseTypes(service: Service, extension: ServiceExtension): readonly CaseType[] {
  const changed = new Set((extension.insertStates ?? []).map(({ caseType }) => caseType));
  return extend(service, extension).opens.types.filter(({ id }) => changed.has(id));
}

function withStates(where: string, type: CaseType, extension: ServiceExtension): CaseType {
  const inserted = (extension.insertStates ?? []).filter(({ caseType }) => caseType === type.id);
  if (inserted.length === 0) return type;
  let { states, transitions } = type as { states: Readonly<Record<string, CaseState>>; transitions: readonly CaseTransition[] };
  for (const { after, name, state, leave } of inserted) {
    const before = transitions.find(({ id }) => id === after);
    if (!before) throw new Error(`${where} inserts the state ${name} after the transition ${after}, which is not there. The transitions are ${transitions.map(({ id }) => id).join(', ')}.`);
    if (Object.hasOwn(states, name)) throw new Error(`${where} inserts the state ${name}, which is there already.`);
    states = { ...states, [name]: state };
    transitions = [...transitions.map((one) => (one === before ? { ...before, to: name } : one)), { ...leave, from: [name], to: before.to }];
  }
  // Above every version of the service's own, so that new cases take it.
  return defineCaseType({ ...type, version: type.version * 100 + extension.version, states, transitions });
}

function withTexts(where: string, service: Service, texts: Readonly<Record<string, Text>>): Service {
  const known = new Set(textsIn(service).map(({ path }) => path));
  for (const [path, text] of Object.entries(texts)) {
    if (!known.has(path)) throw new Error(`${where} replaces the text ${path}, which is not there. Texts of the same part: ${[...known].filter((one) => one.startsWith(path.split('.').slice(0, -1).join('.'))).slice(0, 10).join(', ') || 'none'}.`);
    if (!isText(text)) throw new Error(`${where} must give ${path} in every language.`);
  }
  return mapTexts(service, (text, path) => texts[path] ?? text);
}
