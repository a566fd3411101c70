import { STARTER_ATTRIBUTES, basesFor, isFresh, toldFrom, tooOldFrom, type AttributeDefinition, type Evidence } from '../index';

const born = (value: string, changes: Partial<Evidence> = {}): Evidence => ({ attribute: 'person.date-of-birth', value, asOf: '2026-11-01', source: 'electoral-register', verified: 'passport', ...changes });
const with18 = (known: readonly Evidence[], today: string, definitions: readonly AttributeDefinition[] = STARTER_ATTRIBUTES) => toldFrom(known, ['age.over18'], { definitions, today });

describe('what may be told of what is known', () => {
  it.each([['2008-11-22', '2026-11-21', false], ['2008-11-22', '2026-11-22', true], ['2008-02-29', '2026-02-28', false], ['2008-02-29', '2026-03-01', true], ['1951-02-28', '2026-11-22', true]])('of somebody born on %s is on %s whether they are 18: %s, and never when they were born', (day, today, isAdult) => {
    expect(with18([born(day)], today)).toEqual([{ attribute: 'age.over18', value: isAdult, asOf: today, source: 'electoral-register', verified: 'passport' }]);
  });
  it('is worked out only where nothing says it, and not where two registers differ', () => {
    const said: Evidence = { ...born('x'), attribute: 'age.over18', value: false };
    expect(with18([born('1951-02-28'), said], '2026-11-22')).toEqual([said]);
    expect(with18([born('1951-02-28'), born('1952-02-28', { source: 'other' })], '2026-11-22')).toEqual([]);
    expect(with18([born('1951-02-28'), born('1951-02-28', { source: 'other' })], '2026-11-22')).toHaveLength(1);
    expect(with18([], '2026-11-22')).toEqual([]);
    expect(basesFor(['age.over18', 'person.name'], STARTER_ATTRIBUTES)).toEqual(['age.over18', 'person.date-of-birth', 'person.name']);
  });
  it('is not told, and nothing is worked out from it, when it is too old', () => {
    const definitions = STARTER_ATTRIBUTES.map((one) => (one.id === 'person.date-of-birth' || one.id === 'address.current' ? { ...one, freshFor: 'P1Y' } : one));
    const address: Evidence = { ...born('x'), attribute: 'address.current', value: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' }, asOf: '2025-11-22' };
    expect(toldFrom([address], ['address.current'], { definitions, today: '2026-11-22' })).toEqual([address]);
    expect(toldFrom([address], ['address.current'], { definitions, today: '2026-11-23' })).toEqual([]);
    expect(with18([born('1951-02-28', { asOf: '2025-11-21' })], '2026-11-22', definitions)).toEqual([]);
    const old = (known: readonly Evidence[]) => tooOldFrom(known, ['address.current', 'age.over18', 'person.name'], { definitions, today: '2026-11-23' });
    expect(old([address, born('1951-02-28', { asOf: '2025-11-21' })])).toEqual(['address.current', 'age.over18']);
    expect([old([address, { ...address, asOf: '2026-11-01' }, born('1951-02-28')]), old([])]).toEqual([[], []]);
    expect([isFresh({ freshFor: 'P30D' }, '2026-11-01', '2026-12-01'), isFresh({ freshFor: 'P30D' }, '2026-11-01', '2026-12-02'), isFresh({}, '1999-01-01', '2026-12-02')]).toEqual([true, false, true]);
  });
});
