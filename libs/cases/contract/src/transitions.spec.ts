import fc from 'fast-check';
import { testContext, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { defineCaseType, type CaseState, type CaseTransition, type CaseType, type Mover } from './case-type';
import { DECIDE_CASES, WORK_ON_CASES } from './permissions';
import { dueOn, moveClock, retainUntil, startClock, type CaseClock } from './deadline';
import { checkMove, findCaseType, permittedTransitions, stateOf, transitionsFrom } from './transitions';
import { testPothole } from './testing/pothole';
import { WEEKENDS_ONLY, addDays, addMonths, workingDaysBetween } from './working-days';

const words = { en: 'Words', cy: 'Geiriau' };

/** Case types of any shape that defineCaseType accepts: a ring through all states, closed at its end, with any other ways between. */
const caseTypes: fc.Arbitrary<CaseType> = fc.integer({ min: 2, max: 7 }).chain((count) => {
  const names = Array.from({ length: count }, (_, i) => `s${i}`);
  return fc.record({
    kinds: fc.array(fc.constantFrom('open' as const, 'waiting' as const, 'closed' as const), { minLength: count, maxLength: count }),
    periods: fc.array(fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), { minLength: count, maxLength: count }),
    months: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: count, maxLength: count }),
    whole: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    more: fc.array(fc.record({
      from: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), to: fc.constantFrom(...names),
      by: fc.option(fc.constantFrom<Mover[]>(['officer'], ['resident'], ['system'], ['officer', 'resident']), { nil: undefined }),
      reasons: fc.option(fc.record({ required: fc.boolean(), public: fc.boolean() }), { nil: undefined }), decides: fc.boolean(),
    }), { maxLength: 12 }),
  }).map(({ kinds, periods, months, whole, more }) => {
    const states = Object.fromEntries(names.map((name, i): [string, CaseState] => [name, {
      kind: i === count - 1 ? 'closed' : kinds[i] ?? 'open', colour: 'grey', title: words, publicText: words, deadlineInWorkingDays: periods[i], retention: { months: months[i] ?? 1, because: words },
    }]));
    const ring = names.slice(1).map((to, i): CaseTransition => ({ id: `on-${i}`, from: [names[i] ?? ''], to, title: words }));
    const others = more.map(({ from, to, by, reasons, decides }, i): CaseTransition => ({
      id: `to-${i}`, from, to, title: words, ...(by && { by }), ...(reasons && { reasons: { ...reasons, question: words } }),
      ...(decides && !by?.includes('resident') && { decision: { outcome: 'granted', title: words } }),
    }));
    return defineCaseType({ id: 'any.case', version: 1, title: words, initial: 's0', deadlineInWorkingDays: whole, states, transitions: [...ring, ...others] });
  });
});

describe('the transition table', () => {
  it('lets a case go exactly where the table says, by whom it says, with reasons where it wants them', () => {
    fc.assert(fc.property(caseTypes, fc.nat(), fc.constantFrom('officer' as const, 'resident' as const, 'system' as const), fc.constantFrom(undefined, '', '  ', 'Because.'), fc.string(), (type, pick, by, reasons, junk) => {
      const state = Object.keys(type.states)[pick % Object.keys(type.states).length] ?? '';
      for (const id of [...type.transitions.map((one) => one.id), junk]) {
        const outcome = checkMove(type, state, { transition: id, by, reasons });
        const row = type.transitions.find((one) => one.id === id);
        const possible = row?.from.includes(state) === true;
        const theirs = possible && (row?.by ?? ['officer']).includes(by);
        const complete = theirs && (!(row?.reasons?.required || row?.decision) || reasons === 'Because.');
        if (outcome.ok !== complete) return false;
        if (!outcome.ok && outcome.refusal.reason !== (!possible ? 'not-possible-now' : !theirs ? 'not-yours-to-do' : 'reasons-missing')) return false;
      }
      return true;
    }));
  });

  it('keeps every walk inside its states, with a retention date after the day and a deadline that is never before it', () => {
    fc.assert(fc.property(caseTypes, fc.array(fc.record({ pick: fc.nat(), days: fc.integer({ min: 0, max: 30 }) }), { maxLength: 20 }), (type, steps) => {
      let state: string = type.initial;
      let today = '2026-01-05';
      let clock: CaseClock = startClock(type, today, WEEKENDS_ONLY);
      for (const { pick, days } of steps) {
        const ways = transitionsFrom(type, state);
        if (ways.length === 0) break;
        const way = ways[pick % ways.length] as CaseTransition;
        today = addDays(today, days);
        const before = clock;
        const from = state;
        clock = moveClock(type, clock, { from, to: way.to, on: today }, WEEKENDS_ONLY);
        state = way.to;
        const { kind, retention, deadlineInWorkingDays } = stateOf(type, state);
        expect(retainUntil(type, state, today)).toBe(addMonths(today, retention.months));
        expect(Boolean(clock.pausedOn)).toBe(kind === 'waiting');
        if (kind === 'closed') expect(dueOn(type, state, clock)).toBeUndefined();
        if (kind !== 'closed' && deadlineInWorkingDays) expect(workingDaysBetween(today, clock.stateDueOn ?? '', WEEKENDS_ONLY)).toBe(deadlineInWorkingDays);
        if (before.caseDueOn && clock.caseDueOn && stateOf(type, from).kind !== 'closed') expect(clock.caseDueOn >= before.caseDueOn).toBe(true);
      }
    }));
  });

  it('gives back to the council the working days during which it waited for the resident', () => {
    let clock = startClock(testPothole, '2026-11-02', WEEKENDS_ONLY);
    expect(clock).toEqual({ caseDueOn: '2026-11-16', stateDueOn: '2026-11-04' });
    expect(dueOn(testPothole, 'reported', clock)).toBe('2026-11-04');
    clock = moveClock(testPothole, clock, { from: 'reported', to: 'asked', on: '2026-11-03' }, WEEKENDS_ONLY);
    expect(dueOn(testPothole, 'asked', clock)).toBe('2026-11-10');
    clock = moveClock(testPothole, clock, { from: 'asked', to: 'reported', on: '2026-11-09' }, WEEKENDS_ONLY);
    expect(clock).toEqual({ caseDueOn: '2026-11-20', stateDueOn: '2026-11-11' });
  });

  it('gives a case that is opened again its time anew', () => {
    const closed = moveClock(testPothole, { caseDueOn: '2026-11-16' }, { from: 'ordered', to: 'fixed', on: '2026-11-12' }, WEEKENDS_ONLY);
    expect(dueOn(testPothole, 'fixed', closed)).toBeUndefined();
    expect(moveClock(testPothole, closed, { from: 'fixed', to: 'reported', on: '2026-11-30' }, WEEKENDS_ONLY)).toEqual({ caseDueOn: '2026-12-14', stateDueOn: '2026-12-02' });
  });

  it('offers an officer what they may do, a resident what is theirs, a visitor too', () => {
    const ids = (ctx: ReturnType<typeof testContext>, state: string) => permittedTransitions(ctx, testPothole, state).map((one) => one.id);
    expect(ids(testContext({ actor: testOfficer([WORK_ON_CASES.id]) }), 'reported')).toEqual(['order', 'ask']);
    expect(ids(testContext({ actor: testOfficer([WORK_ON_CASES.id, DECIDE_CASES.id]) }), 'reported')).toEqual(['order', 'ask', 'refuse']);
    expect(ids(testContext({ actor: testOfficer([]) }), 'reported')).toEqual([]);
    expect(ids(testContext({ actor: testResident() }), 'fixed')).toEqual(['not-fixed']);
    expect(ids(testContext(), 'asked')).toEqual(['reply']);
    expect(ids(testContext({ actor: testResident() }), 'reported')).toEqual([]);
  });

  it('finds the newest version of a type, and the one with which a case was opened', () => {
    const second = defineCaseType({ ...testPothole, version: 2, earlier: [testPothole] });
    expect(findCaseType([second], 'kit.pothole')?.version).toBe(2);
    expect(findCaseType([second], 'kit.pothole', 1)).toBe(testPothole);
    expect(findCaseType([{ ...second, earlier: undefined }, testPothole], 'kit.pothole', 1)).toBe(testPothole);
    expect(findCaseType([testPothole, second], 'kit.pothole')?.version).toBe(2);
    expect(findCaseType([testPothole], 'kit.pothole', 3)).toBeUndefined();
    expect(() => stateOf(testPothole, 'gone')).toThrow('Keep the version');
  });
});
