import { CASE_TYPE, defineCaseType, findCaseType, type CaseType } from '@guildhall/cases-contract';
import { linesOfFields, type Configurable, type PublishedConfiguration } from '@guildhall/configuration-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { fieldsOfType } from './case-type-fields';
import { typeWithWords, wordsOfType, type CaseTypeWords } from './case-type-words';

/** Versions of a council's own lie above its package's: the package's version times this, and the revision. */
const REVISIONS_OF_A_VERSION = 10_000;

/** Words, deadlines and retention of case types. What is published is a new version: cases that are open keep theirs. */
@Injectable()
export class ConfiguresCaseTypes implements Configurable<CaseType> {
  readonly kind = 'case-type';
  readonly title = { en: 'Kinds of case', cy: 'Mathau o achos' };
  readonly point = CASE_TYPE;
  constructor(@Inject(Database) private readonly db: Database) {}

  things(registered: readonly CaseType[]): ReturnType<Configurable['things']> {
    return idsOf(registered).flatMap((id) => { const type = findCaseType(registered, id); return type ? [{ id, title: type.title, package: id.split('.')[0] ?? id, definition: type.version }] : []; });
  }

  content(registered: readonly CaseType[], id: string): CaseTypeWords | undefined {
    const type = findCaseType(registered, id);
    return type && wordsOfType(type);
  }

  async problems(ctx: RequestContext, registered: readonly CaseType[], id: string, content: object): Promise<readonly Text[]> {
    const type = findCaseType(registered, id);
    if (!type) return [];
    const problems = problemsOf(type, content as CaseTypeWords);
    const missing = Object.keys(type.states).filter((name) => !Object.hasOwn((content as CaseTypeWords).states, name));
    if (missing.length === 0) return problems;
    const rows = await this.db.query<{ state: string; count: number }>(ctx, 'select state, count(*)::int as count from cases."case" where council_id = $1 and case_type = $2 and state = any($3) and not is_closed group by state order by state', [ctx.council.id, id, missing]);
    return [...problems, ...rows.map(({ state, count }) => ({ en: `${count === 1 ? 'A case stands' : `${count} cases stand`} in the state ${state} at this moment.`, cy: `Nifer yr achosion sydd yn y cyflwr ${state} ar hyn o bryd: ${count}.` }))];
  }

  lines(registered: readonly CaseType[], id: string, content: object): ReturnType<Configurable['lines']> {
    return linesOfFields(this.fields(registered, id, content));
  }

  fields(registered: readonly CaseType[], id: string, content: object): ReturnType<typeof fieldsOfType> {
    return fieldsOfType(content as CaseTypeWords, findCaseType(registered, id));
  }

  change(registered: readonly CaseType[], published: readonly PublishedConfiguration[]): readonly CaseType[] {
    const changed = new Map(idsOf(registered).flatMap((id) => {
      const own = published.filter(({ thing }) => thing === id);
      return own.length > 0 ? [[id, withPublished(registered, id, own)] as const] : [];
    }));
    // The newest stands where its package's stood, with every other version behind it.
    const seen = new Set<string>();
    return registered.flatMap((type) => {
      const own = changed.get(type.id);
      if (!own) return [type];
      return seen.has(type.id) ? [] : (seen.add(type.id), [own]);
    });
  }
}

function withPublished(registered: readonly CaseType[], id: string, published: readonly PublishedConfiguration[]): CaseType {
  const versions = registered.filter((type) => type.id === id).flatMap((type) => [type, ...(type.earlier ?? [])]);
  const newest = findCaseType(registered, id) as CaseType;
  const all = published.flatMap((one) => {
    const bases = [versions.find(({ version }) => version === one.definition), newest].filter((type): type is CaseType => type !== undefined);
    return [...new Set(bases)].flatMap((base) => {
      const version = base.version * REVISIONS_OF_A_VERSION + one.revision;
      if (one.content && problemsOf(base, one.content as CaseTypeWords).length === 0) return [typeWithWords(base, one.content as CaseTypeWords, version)];
      if (base !== newest) return [];
      // What does not fit the package's new version is left out alone. Without any of it, or gone back to the package's own, it is as the package has it.
      const fitting = one.content && wordsThatFit(base, one.content as CaseTypeWords);
      return [fitting && problemsOf(base, fitting).length === 0 ? typeWithWords(base, fitting, version) : { ...base, version, earlier: undefined }];
    });
  });
  const inForce = newest.version * REVISIONS_OF_A_VERSION + (published.find(({ isInForce }) => isInForce)?.revision ?? 0);
  const taken = all.find(({ version }) => version === inForce) ?? newest;
  return Object.freeze({ ...taken, earlier: [...all, ...versions].filter((type) => type.version !== taken.version).map((type) => ({ ...type, earlier: undefined })) });
}

/** The council's words for the states and transitions that a type has, and the package's for those of which they know nothing, or know it otherwise. */
function wordsThatFit(type: CaseType, content: CaseTypeWords): CaseTypeWords {
  const own = wordsOfType(type);
  return {
    ...content,
    states: { ...own.states, ...withNames(content.states, (name) => Object.hasOwn(own.states, name)) },
    transitions: { ...own.transitions, ...withNames(content.transitions, (id) => Object.hasOwn(own.transitions, id) && lettersWithout(type, { transitions: withNames(content.transitions, (other) => other === id) }).length === 0) },
  };
}

function withNames<Value>(all: Readonly<Record<string, Value>>, isWanted: (name: string) => boolean): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
}

function problemsOf(type: CaseType, content: CaseTypeWords): readonly Text[] {
  const [states, transitions] = [Object.keys(type.states), type.transitions.map(({ id }) => id)];
  const problems = [...differences({ en: 'state', cy: 'cyflwr' }, states, Object.keys(content.states)), ...differences({ en: 'transition', cy: 'cam' }, transitions, Object.keys(content.transitions)), ...lettersWithout(type, content)];
  if (problems.length > 0) return problems;
  try {
    defineCaseType(typeWithWords(type, content, type.version));
    return [];
  } catch (error) {
    const { message, cause } = error as Error;
    return [(cause as Text | undefined) ?? { en: message, cy: message }];
  }
}

function differences(what: Text, own: readonly string[], theirs: readonly string[]): readonly Text[] {
  return [
    ...own.filter((name) => !theirs.includes(name)).map((name) => ({ en: `The file has no words for the ${what.en} ${name}.`, cy: `Nid oes gan y ffeil eiriau ar gyfer y ${what.cy} ${name}.` })),
    ...theirs.filter((name) => !own.includes(name)).map((name) => ({ en: `The file has words for the ${what.en} ${name}, which is not there. There are ${own.join(', ')}.`, cy: `Mae gan y ffeil eiriau ar gyfer y ${what.cy} ${name}, nad yw yno. Y rhai sydd yno yw ${own.join(', ')}.` })),
  ];
}

/** Words for a letter, or for reasons, that the transition does not have. */
function lettersWithout(type: CaseType, { transitions }: Pick<CaseTypeWords, 'transitions'>): readonly Text[] {
  return type.transitions.flatMap(({ id, reasons, decision }) => {
    const words = Object.hasOwn(transitions, id) ? transitions[id] : undefined;
    return [
      ...((words?.question ?? words?.hint) && !reasons ? [{ en: `The file asks for reasons at the transition ${id}, which takes none.`, cy: `Mae’r ffeil yn gofyn am resymau wrth y cam ${id}, nad yw’n cymryd rhai.` }] : []),
      ...((words?.decision && !decision) || ((words?.decision?.heading ?? words?.decision?.body) && !decision?.letter) ? [{ en: `The file has a decision or a letter at the transition ${id}, which has none.`, cy: `Mae gan y ffeil benderfyniad neu lythyr wrth y cam ${id}, nad oes ganddo un.` }] : []),
    ];
  });
}

const idsOf = (registered: readonly CaseType[]): readonly string[] => [...new Set(registered.map(({ id }) => id))];
