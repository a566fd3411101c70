import { LANGUAGES } from '@guildhall/kernel-contract';
import { namesIn } from '@guildhall/cases-contract';
import { RESERVED_IN_CONDITIONS, namedIn, type Condition, type Match } from './condition';
import { RESERVED_SLUGS, type Page } from './page';
import type { Question } from './question';
import type { Service, ServiceDefinition } from './service';
import { textsIn } from './service-texts';
import { readSettings, type Settings, type ValuesOf } from './settings';

/**
 * Declares a service, and refuses one that could not work with a sentence that says what to change.
 * @public
 * @throws Error that lists everything that is wrong
 * @example export const hedgehogHouses = defineService({ slug: 'hedgehog-houses', version: 1, title: { en: 'Get a hedgehog house', cy: 'Cael tŷ draenog' }, … });
 */
export function defineService<const S extends Settings, const Pages extends readonly Page[]>(definition: ServiceDefinition<S, Pages>): Service<ValuesOf<S>> {
  const service = definition as unknown as Service;
  const problems = problemsOfService(service);
  if (problems.length) throw new Error(`The service ${service.slug} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  return Object.freeze(service) as Service<ValuesOf<S>>;
}

/** What is wrong with a service, in sentences; empty when nothing is. */
export function problemsOfService(service: Service): string[] {
  return [...problemsOfFacts(service), ...problemsOfPages(service), ...problemsOfCase(service), ...problemsOfTexts(service)];
}

function problemsOfFacts(service: Service): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]{1,48}$/.test(service.slug)) problems.push(`its slug "${service.slug}" must be lower-case words with hyphens, like garden-waste.`);
  if (!Number.isInteger(service.version) || service.version < 1) problems.push('its version must be a whole number from 1.');
  if (!Number.isInteger(service.start.minutes) || service.start.minutes < 1) problems.push('start.minutes must be a whole number from 1.');
  if (!/^[a-z][a-z0-9-]*$/.test(service.category.id)) problems.push(`the category "${service.category.id}" must be lower-case words with hyphens.`);
  for (const language of LANGUAGES) if (!service.keywords[language]?.length) problems.push(`it has no keywords in "${language}".`);
  if (service.keepsDraftsForDays !== undefined && (!Number.isInteger(service.keepsDraftsForDays) || service.keepsDraftsForDays < 1)) problems.push('keepsDraftsForDays must be a whole number from 1.');
  if (service.confirmation.next.length === 0) problems.push('confirmation.next must say what happens now.');
  for (const name of Object.keys(service.settings)) if (!/^[a-z][A-Za-z0-9]{0,48}$/.test(name)) problems.push(`the setting "${name}" must be named like yearlyFee.`);
  try { readSettings(service.slug, service.settings, {}); } catch (error) { problems.push(error instanceof Error ? error.message : String(error)); }
  return problems;
}

function problemsOfPages(service: Service): string[] {
  const problems: string[] = [];
  const slugs = new Set<string>();
  const earlier = new Map<string, Question>();
  const everybody = new Set<string>();
  if (!service.pages.some((page) => page.questions?.length)) problems.push('it asks nothing: give it a page with a question.');
  for (const page of service.pages) {
    const where = `the page ${page.slug}`;
    if (!/^[a-z][a-z0-9-]{0,48}$/.test(page.slug)) problems.push(`${where} must have a slug of lower-case words with hyphens.`);
    if (RESERVED_SLUGS.includes(page.slug)) problems.push(`${where} has a slug that the journey uses itself.`);
    if (slugs.has(page.slug)) problems.push(`two pages have the slug ${page.slug}.`);
    slugs.add(page.slug);
    if (page.section !== undefined && !Object.hasOwn(service.sections ?? {}, page.section)) problems.push(`${where} names the section ${page.section}, which is not among the sections.`);
    problems.push(...problemsOfCondition(where, page.when, earlier));
    if (!page.questions) {
      if (!page.when) problems.push(`${where} ends the journey for everybody: say when.`);
      continue;
    }
    if (page.questions.length === 0) problems.push(`${where} asks nothing.`);
    if (page.questions.length > 1 && !page.title) problems.push(`${where} has several questions and no title.`);
    for (const question of page.questions) {
      if (everybody.has(question.id)) problems.push(`two questions have the id ${question.id}.`);
      everybody.add(question.id);
      problems.push(...problemsOfQuestion(question), ...problemsOfCondition(`the question ${question.id}`, question.when, earlier));
    }
    for (const question of page.questions) earlier.set(question.id, question);
  }
  if (service.declaration) {
    if (everybody.has(service.declaration.id)) problems.push(`the declaration's id ${service.declaration.id} is that of a question.`);
    problems.push(...problemsOfQuestion(service.declaration));
  }
  return problems;
}

function problemsOfQuestion(question: Question): string[] {
  const problems: string[] = [];
  const where = `the question ${question.id}`;
  if (!/^[a-z][A-Za-z0-9]{0,48}$/.test(question.id)) problems.push(`${where} must have an id like numberOfBins.`);
  if (RESERVED_IN_CONDITIONS.includes(question.id)) problems.push(`${where} has an id that means something in conditions.`);
  if (question.attribute !== undefined && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(question.attribute)) problems.push(`${where} fills "${question.attribute}": an attribute is named like address.current.`);
  if (question.purposes && question.attribute === undefined) problems.push(`${where} says what its answer is for, and not which attribute it fills.`);
  for (const purpose of question.purposes ?? []) if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(purpose)) problems.push(`${where} is for "${purpose}": a purpose is named like garden-waste-concession.`);
  if (question.type === 'radios' || question.type === 'checkboxes') {
    const options = [...question.options, ...(question.type === 'checkboxes' && question.noneOption ? [question.noneOption] : [])];
    if (options.length < (question.type === 'radios' ? 2 : 1)) problems.push(`${where} has too few options.`);
    if (new Set(options.map(({ value }) => value)).size !== options.length) problems.push(`${where} has two options with the same value.`);
    for (const { value } of options) if (!/^[a-z0-9][a-z0-9-]{0,48}$/.test(value)) problems.push(`${where} has the option "${value}": values are lower-case words with hyphens.`);
  }
  if (question.type === 'number' && (question.atLeast ?? 0) > (question.atMost ?? Infinity)) problems.push(`${where} takes no number at all.`);
  if (question.type === 'money' && (question.atLeastInPence ?? 0) > (question.atMostInPence ?? Infinity)) problems.push(`${where} takes no amount at all.`);
  if (question.type === 'date' && (question.earliestInDays ?? -Infinity) > (question.latestInDays ?? Infinity)) problems.push(`${where} takes no date at all.`);
  if (question.type === 'photos' && !(Number.isInteger(question.atMost ?? 3) && (question.atMost ?? 3) >= 1 && (question.atMost ?? 3) <= 5)) problems.push(`${where} must take 1 to 5 photos.`);
  if (question.type === 'declaration' && question.statements.length === 0) problems.push(`${where} confirms nothing.`);
  return problems;
}

function problemsOfCondition(where: string, condition: Condition | undefined, earlier: ReadonlyMap<string, Question>): string[] {
  return namedIn(condition).flatMap(({ question: id, match }) => {
    const question = earlier.get(id);
    if (!question) return [`${where} depends on ${id}, which is not a question of an earlier page.`];
    const impossible = impossibleIn(question, match);
    return impossible ? [`${where} depends on ${id} being ${impossible}, which it can never be.`] : [];
  });
}

function impossibleIn(question: Question, match: Match): string | undefined {
  const wanted = Array.isArray(match) ? (match as readonly string[]) : [match];
  switch (question.type) {
    case 'yes-no': return wanted.every((one) => typeof one === 'boolean') ? undefined : JSON.stringify(match);
    case 'radios': case 'checkboxes': {
      const values = [...question.options, ...(question.type === 'checkboxes' && question.noneOption ? [question.noneOption] : [])].map(({ value }) => value);
      return wanted.map(String).find((one) => !values.includes(one));
    }
    case 'number': case 'money': return typeof match === 'number' || (typeof match === 'object' && !Array.isArray(match)) ? undefined : JSON.stringify(match);
    case 'text': case 'textarea': case 'date': case 'email': case 'phone': case 'name': return wanted.every((one) => typeof one === 'string') ? undefined : JSON.stringify(match);
    case 'address': case 'location': case 'photos': return `${JSON.stringify(match)} (write a function for the answer of a ${question.type})`;
    case 'declaration': return match === true ? undefined : JSON.stringify(match);
  }
}

function problemsOfCase(service: Service): string[] {
  const problems: string[] = [];
  const { types, which, location, contact } = service.opens;
  if (types.length === 0) problems.push('it opens no case: give opens.types a case type.');
  if (types.length > 1 && !which) problems.push('it has several case types: opens.which must say which one.');
  for (const { id } of types) if (id !== service.slug && !id.startsWith(`${service.slug}.`)) problems.push(`the case type ${id} must be called ${service.slug} or begin with "${service.slug}.".`);
  const typeOf = new Map(service.pages.flatMap((page) => page.questions ?? []).map((question) => [question.id, question.type]));
  const expect = (what: string, id: string | undefined, allowed: readonly string[]): void => {
    if (id !== undefined && !allowed.includes(typeOf.get(id) ?? '')) problems.push(`opens.${what} names ${id}, which is not a question of the type ${allowed.join(' or ')}.`);
  };
  for (const id of [location ?? []].flat()) expect('location', id, ['address', 'location']);
  expect('contact.name', contact?.name, ['name']);
  expect('contact.email', contact?.email, ['email']);
  expect('contact.phone', contact?.phone, ['phone']);
  expect('contact.address', contact?.address, ['address']);
  if (service.open311) {
    const { given = {}, description } = service.open311;
    for (const id of [...Object.keys(given), ...(description === undefined ? [] : [description])]) if (!typeOf.has(id)) problems.push(`open311 names ${id}, which is not one of its questions.`);
  }
  const own = new Set((service.messages ?? []).map(({ id }) => id));
  for (const id of own) if (!id.startsWith(`${service.slug}.`)) problems.push(`the message ${id} must begin with "${service.slug}.".`);
  for (const type of types) {
    for (const message of [type.openedMessage, ...type.transitions.map((transition) => transition.message)]) {
      if (message?.startsWith(`${service.slug}.`) && !own.has(message)) problems.push(`the case type ${type.id} sends ${message}, which is not among messages.`);
    }
  }
  return problems;
}

function problemsOfTexts(service: Service): string[] {
  const problems: string[] = [];
  for (const { path, text } of textsIn(service)) {
    for (const language of LANGUAGES) {
      if (!text[language].trim()) problems.push(`the text ${path} is empty in "${language}".`);
      for (const name of namesIn(text[language])) if (!Object.hasOwn(service.settings, name)) problems.push(`the text ${path} names ((${name})), which is not one of its settings.`);
    }
  }
  return problems;
}
