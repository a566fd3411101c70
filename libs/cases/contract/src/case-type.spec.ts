import { defineCaseType, type CaseState, type CaseType } from './case-type';

const words = { en: 'Words', cy: 'Geiriau' };
const state = (kind: CaseState['kind'], changes: Partial<CaseState> = {}): CaseState => ({ kind, colour: 'grey', title: words, publicText: words, retention: { months: 12, because: words }, ...changes });
const type = (changes: Partial<CaseType> = {}): CaseType => ({
  id: 'service.thing', version: 1, title: words, initial: 'new', states: { new: state('open'), done: state('closed') },
  transitions: [{ id: 'finish', from: ['new'], to: 'done', title: words }], ...changes,
});

describe('a case type', () => {
  it('is taken as it is when it is whole, and frozen', () => {
    const given = type();
    expect(defineCaseType(given)).toBe(given);
    expect(Object.isFrozen(given)).toBe(true);
  });

  it('does not compile without retention in every state, or with a transition to a state that is not there', () => {
    // @ts-expect-error -- the point: retention is missing
    const forever: CaseState = { kind: 'open', colour: 'grey', title: words, publicText: words };
    expect(forever).toBeDefined();
    expect(() => defineCaseType({
      id: 'service.thing', version: 1, title: words, initial: 'new', states: { new: state('open'), done: state('closed') },
      // @ts-expect-error -- the point: no state is called nowhere
      transitions: [{ id: 'finish', from: ['new'], to: 'nowhere', title: words }],
    })).toThrow('names the state nowhere, which is not there');
  });

  it.each<[string, Partial<CaseType>, string]>([
    ['an id with capitals', { id: 'Service.Thing' }, 'must be lower-case words'],
    ['a later version among the earlier', { earlier: [type({ version: 2 })] }, 'not an earlier version'],
    ['no version', { version: 0 }, 'whole number from 1'],
    ['a beginning that is not there', { initial: 'gone' }, 'not among its states'],
    ['retention of nought months', { states: { new: state('open', { retention: { months: 0, because: words } }), done: state('closed') } }, 'retention.months must be a whole number from 1'],
    ['half a working day', { deadlineInWorkingDays: 0.5 }, 'deadlineInWorkingDays must be a whole number from 1'],
    ['a state that no transition leads to', { states: { new: state('open'), done: state('closed'), lost: state('closed') } }, 'no transition leads to the state lost'],
    ['a state out of which nothing is ever closed', { states: { new: state('open'), done: state('closed'), stuck: state('open') }, transitions: [{ id: 'finish', from: ['new'], to: 'done', title: words }, { id: 'stick', from: ['new'], to: 'stuck', title: words }] }, 'state stuck can never be closed'],
    ['two transitions of one name', { transitions: [{ id: 'finish', from: ['new'], to: 'done', title: words }, { id: 'finish', from: ['done'], to: 'new', title: words }] }, 'two transitions called finish'],
    ['a transition from nowhere', { transitions: [{ id: 'finish', from: [], to: 'done', title: words }] }, 'leads from nowhere'],
    ['a placeholder that nobody fills', { states: { new: state('open', { publicText: { en: '((colour))', cy: '((colour))' } }), done: state('closed') } }, 'placeholder ((colour)) is not one of'],
    ['a resident who decides', { transitions: [{ id: 'finish', from: ['new'], to: 'done', title: words, by: ['resident'], decision: { outcome: 'granted', title: words } }] }, 'the resident cannot take the decision'],
  ])('is refused with %s', (_, changes, sentence) => {
    expect(() => defineCaseType(type(changes))).toThrow(sentence);
  });
});
