import { defineCaseType, findCaseType, type CaseType } from '@guildhall/cases-contract';
import type { PublishedConfiguration } from '@guildhall/configuration-contract';
import type { Database } from '@guildhall/kernel';
import { ConfiguresCaseTypes } from './case-types';
import { wordsOfType, type CaseTypeWords } from './case-type-words';

const both = (en: string): { en: string; cy: string } => ({ en, cy: `${en} (cy)` });
const retention = { months: 6, because: both('We need it.') };
const first = defineCaseType({
  id: 'ponds.dig', version: 1, title: both('Dig a pond'), initial: 'asked', deadlineInWorkingDays: 10,
  states: { asked: { kind: 'open', colour: 'blue', title: both('Asked'), publicText: both('You asked.'), retention }, done: { kind: 'closed', colour: 'green', title: both('Done'), publicText: both('It is dug.'), retention } },
  transitions: [{ id: 'dig', from: ['asked'], to: 'done', title: both('Dig it'), decision: { outcome: 'granted', title: both('Granted'), letter: { heading: both('Your pond'), body: both('Dear ((name))') } } }],
}) as CaseType;
/** The package's next version, with the same states and new words of its own. */
const second: CaseType = { ...first, version: 2, earlier: [first], title: both('Dig a garden pond') };
/** One with a state more. */
const third = defineCaseType({ ...first, version: 3, earlier: [first, second], initial: 'asked', states: { ...first.states, filled: { kind: 'closed', colour: 'grey', title: both('Filled'), publicText: both('It is filled.'), retention } }, transitions: [...first.transitions, { id: 'fill', from: ['done'], to: 'filled', title: both('Fill it') }] } as never) as CaseType;

const configures = new ConfiguresCaseTypes(undefined as unknown as Database);
const words = (title: string): CaseTypeWords => ({ ...wordsOfType(first), title: both(title), deadlineInWorkingDays: 3 });
const published = (revision: number, content: object | undefined, isInForce = true): PublishedConfiguration => ({ thing: 'ponds.dig', revision, definition: 1, ...(content && { content }), isInForce });
const newest = (types: readonly CaseType[]): { version?: number; title?: string; days?: number } => { const type = findCaseType(types, 'ponds.dig'); return { version: type?.version, title: type?.title.en, days: type?.deadlineInWorkingDays }; };
const titleIn = (types: readonly CaseType[], version: number): string | undefined => findCaseType(types, 'ponds.dig', version)?.title.en;

describe('case types that a council has changed', () => {
  it('can be taken apart and put together again without a change', () => {
    expect(configures.change([first], [published(1, wordsOfType(first))]).map(({ version: _version, earlier: _earlier, ...rest }) => JSON.parse(JSON.stringify(rest)) as unknown)).toEqual([{ ...JSON.parse(JSON.stringify(first)), version: undefined }]);
  });
  it('can be typed: each field says where in them its value stands, and is a line of its own', () => {
    const content = wordsOfType(first);
    const fields = configures.fields([first], 'ponds.dig', content);
    expect(fields.map(({ key }) => key)).toEqual([
      'title', 'deadline', 'openedText', ...['asked', 'done'].flatMap((state) => ['title', 'deskTitle', 'publicText', 'nextText', 'deadline', 'months', 'because'].map((part) => `states.${state}.${part}`)),
      'transitions.dig.title', 'transitions.dig.publicText', 'transitions.dig.decision', 'transitions.dig.heading', 'transitions.dig.body',
    ]);
    for (const { path, value } of fields) expect(path.reduce<unknown>((holder, step) => (holder as Record<string, unknown>)[step], content)).toEqual(value);
    expect(fields.filter(({ value, isOptional }) => (value === undefined) !== (isOptional === true)).map(({ key }) => key)).toEqual(['deadline']);
    expect(configures.lines([first], 'ponds.dig', content).map(({ key, label, value }) => [key, label.en, value])).toEqual(expect.arrayContaining([['deadline', 'Working days until it is done', '10'], ['states.asked.because.cy', 'State “Asked”: why it is kept', 'We need it. (cy)']]));
  });
  it('are a new version for new cases, and every one that was before is still there for those that have it', () => {
    const types = configures.change([first], [published(1, words('Dig here'), false), published(2, words('Dig there'))]);
    expect(types).toHaveLength(1);
    expect(newest(types)).toEqual({ version: 10_002, title: 'Dig there', days: 3 });
    expect([titleIn(types, 1), titleIn(types, 10_001), titleIn(types, 10_002)]).toEqual(['Dig a pond', 'Dig here', 'Dig there']);
  });
  it('go back to the package’s words under a version above all others', () => {
    const types = configures.change([first], [published(1, words('Dig here'), false), published(2, undefined)]);
    expect(newest(types)).toEqual({ version: 10_002, title: 'Dig a pond', days: 10 });
    expect(titleIn(types, 10_001)).toBe('Dig here');
  });
  it('keep the council’s words when the package comes in a new version that they fit', () => {
    const types = configures.change([second], [published(1, words('Dig here'))]);
    expect(newest(types)).toEqual({ version: 20_001, title: 'Dig here', days: 3 });
    expect([titleIn(types, 1), titleIn(types, 2), titleIn(types, 10_001)]).toEqual(['Dig a pond', 'Dig a garden pond', 'Dig here']);
  });
  it('keep what of the council’s words fits a new version of the package, and take the package’s for a state or a letter of which they know nothing', () => {
    const council: CaseTypeWords = { ...words('Dig here'), states: { ...wordsOfType(first).states, asked: { title: both('Wanted'), publicText: both('You want it.'), retention } } };
    const types = configures.change([third], [published(1, council)]);
    expect(newest(types)).toEqual({ version: 30_001, title: 'Dig here', days: 3 });
    const { states, transitions } = findCaseType(types, 'ponds.dig') as CaseType;
    expect([states['asked']?.title.en, states['filled']?.title.en, transitions.map(({ title }) => title.en)]).toEqual(['Wanted', 'Filled', ['Dig it', 'Fill it']]);
    expect([titleIn(types, 3), titleIn(types, 10_001)]).toEqual(['Dig a pond', 'Dig here']);
    // A version whose transition has no letter any more, and none of the package's deadlines where the council has taken it off.
    const fourth: CaseType = { ...third, version: 4, earlier: [first], transitions: third.transitions.map(({ decision: _decision, ...rest }) => rest) };
    const { deadlineInWorkingDays: _days, ...unhurried } = council;
    const later = configures.change([fourth], [published(1, unhurried)]);
    expect(newest(later)).toEqual({ version: 40_001, title: 'Dig here', days: undefined });
    expect(findCaseType(later, 'ponds.dig')?.transitions.map(({ decision }) => decision)).toEqual([undefined, undefined]);
  });
  it('are the package’s when what of theirs fits would not make a case type', () => {
    const types = configures.change([third], [published(1, { ...words('Dig here'), deadlineInWorkingDays: -1 })]);
    expect(newest(types)).toEqual({ version: 30_001, title: 'Dig a pond', days: 10 });
  });
  it('stand in their place in the list, and leave every other as it is', () => {
    const other = { ...first, id: 'ponds.fill' };
    const types = configures.change([other, first], [published(1, words('Dig here'))]);
    expect(types.map(({ id }) => id)).toEqual(['ponds.fill', 'ponds.dig']);
    expect(types[0]).toBe(other);
  });
});
