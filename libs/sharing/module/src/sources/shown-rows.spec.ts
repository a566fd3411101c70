import { STARTER_ATTRIBUTES, type Evidence } from '@guildhall/sharing-contract';
import { shownRows } from './shown-rows';

const definitions = STARTER_ATTRIBUTES.filter(({ id }) => id === 'person.name' || id === 'person.date-of-birth');
const name: Evidence = { attribute: 'person.name', value: 'Canary', asOf: '2026-11-01', source: 'care-register', verified: null };
const rows = [
  { line: 2, localId: 'canary-7', evidence: [name], misfits: ['person.date-of-birth'] },
  { line: 3, localId: 'canary-8', evidence: [], misfits: ['as-of'] },
  { line: 4, localId: '', evidence: [name], misfits: [] },
  { line: 5, localId: '', evidence: [], misfits: ['of-another-length'] },
] as const;

describe('rows as they would be told', () => {
  it('say of each item whether it is told, and of a row that is not told why', () => {
    expect(shownRows(definitions, rows, false).map(({ place, isLine, fault, cells }) => [place, isLine, fault, Object.fromEntries(cells.map(({ state }, at) => [definitions[at]?.id, state]))])).toEqual([
      [2, true, undefined, { 'person.name': 'told', 'person.date-of-birth': 'misfit' }], [3, true, 'as-of', { 'person.name': 'nothing', 'person.date-of-birth': 'nothing' }],
      [4, true, 'nobody', { 'person.name': 'nothing', 'person.date-of-birth': 'nothing' }], [5, true, 'of-another-length', { 'person.name': 'nothing', 'person.date-of-birth': 'nothing' }],
    ]);
  });
  it('have nothing of what stands in them, nor of whom they are about, for whoever may not see that', () => {
    expect(JSON.stringify(shownRows(definitions, rows, false))).not.toMatch(/canary/i);
    expect(shownRows(definitions, rows, true)[0]).toMatchObject({ localId: 'canary-7', cells: expect.arrayContaining([{ state: 'told', form: 'text', evidence: name }]) as unknown });
  });
  it('of a table are counted', () => { expect(shownRows(definitions, [{ localId: '1', evidence: [], misfits: [] }, { localId: '2', evidence: [], misfits: [] }], false).map(({ place, isLine }) => [place, isLine])).toEqual([[1, false], [2, false]]); });
});
