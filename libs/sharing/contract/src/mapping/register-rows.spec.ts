import { STARTER_ATTRIBUTES } from '../agreeing/starter-vocabulary';
import { mappingFaults, type RegisterMapping } from './register-mapping';
import { RegisterRows, type RowRead } from './register-rows';

type Row = Readonly<Record<string, string | null>>;

const MAPPING: RegisterMapping = {
  source: 'council-tax-register', localId: 'account_no', asOf: 'updated_on',
  attributes: { 'person.name': { column: 'name' }, 'person.date-of-birth': { column: 'dob' }, 'address.current': { lines: ['addr1', 'addr2'], postcode: 'pc', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'award', yesWhen: ['Y'] } },
};
const ALL = Object.keys(MAPPING.attributes) as (keyof typeof MAPPING.attributes)[];

function read(row: Row, changes: Partial<RegisterMapping> = {}): RowRead {
  return new RegisterRows({ ...MAPPING, ...changes }, STARTER_ATTRIBUTES).read((column) => ({ account_no: '1', updated_on: '2026-11-01', ...row })[column], ALL, '2026-11-30');
}
const valueOf = (row: Row, changes?: Partial<RegisterMapping>): unknown => read(row, changes).evidence[0]?.value;

describe('rows of a register', () => {
  it('tell what their columns say, with the day and the record', () => {
    expect(read({ name: 'Ann Example', dob: '1951-02-28', addr1: '7 High Street', addr2: '', pc: 'zz991ab', uprn: '099000001234', award: 'y' }, { verified: 'bill' })).toEqual({
      misfits: [],
      evidence: [
        { attribute: 'person.name', value: 'Ann Example' }, { attribute: 'person.date-of-birth', value: '1951-02-28' },
        { attribute: 'address.current', value: { lines: ['7 High Street'], postcode: 'ZZ99 1AB', uprn: '99000001234' } }, { attribute: 'council-tax-reduction.receives', value: true },
      ].map((told) => ({ ...told, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' })),
    });
  });
  it('tell nothing of what stands nowhere', () => expect(read({ name: ' \t', dob: null, addr1: '\u00a0', award: '' })).toEqual({ evidence: [], misfits: [] }));
  it('tell nothing that does not fit, and count it', () => {
    expect(read({ name: 'x'.repeat(501), dob: '1980-02-30', addr1: '7 High Street', pc: 'NOT KNOWN', award: 'PENDING' })).toEqual({ evidence: [], misfits: ['person.name', 'person.date-of-birth', 'address.current', 'council-tax-reduction.receives'] });
    const addresses: readonly Row[] = [{ addr1: '7 High Street' }, { pc: 'ZZ99 1AB' }, { uprn: '990000012345' }, { addr1: '7 High Street', pc: 'ZZ99 1AB', uprn: 'unknown' }];
    for (const address of addresses) expect(read(address)).toEqual({ evidence: [], misfits: ['address.current'] });
  });
  it('do not tell what somebody has read in the wrong encoding', () => expect(read({ name: 'Si\ufffdn', addr1: 'T\ufffd Gwyn', pc: 'ZZ99 1AB' })).toEqual({ evidence: [], misfits: ['person.name', 'address.current'] }));
  it('make one line of a cell', () => expect(valueOf({ name: '  Ann\r\n\tExample\0 ' })).toBe('Ann Example'));
  it('know a UPRN of noughts to be none', () => expect(valueOf({ addr1: '7 High Street', pc: 'ZZ991AB', uprn: '000' })).toEqual({ lines: ['7 High Street'], postcode: 'ZZ99 1AB' }));

  it.each([
    ['Y', undefined, undefined, true], ['no', undefined, undefined, false], ['true', undefined, undefined, true], ['0', undefined, undefined, false], ['P', undefined, undefined, undefined],
    ['A1', ['a1', 'A2'], undefined, true], ['N', ['A1'], undefined, false], ['Y', ['A1'], undefined, undefined], ['B', ['A'], ['B', ''], false], ['', ['A'], ['B', ''], false], ['N', ['A'], ['B'], undefined], ['0', ['0'], undefined, true], ['Y', undefined, ['Y'], false],
  ])('with "%s" where yes is %j and no is %j tell %j', (award, yesWhen, noWhen, told) => {
    expect(valueOf({ award }, { attributes: { 'council-tax-reduction.receives': { column: 'award', ...(yesWhen && { yesWhen }), ...(noWhen && { noWhen }) } } })).toBe(told);
  });
  it.each([
    ['1951-02-28', undefined, '1951-02-28'], ['1951-02-28 00:00:00+00', undefined, '1951-02-28'], ['1951-02-28T10:00:00Z', undefined, '1951-02-28'], ['28/02/1951', undefined, undefined], ['28/02/1951', 'dd/mm/yyyy', '1951-02-28'],
    ['02/28/1951', 'dd/mm/yyyy', undefined], ['1/2/1951 00:00', 'dd/mm/yyyy', '1951-02-01'], ['19510228', 'yyyymmdd', '1951-02-28'], ['28-Feb-1951', 'dd-mmm-yyyy', '1951-02-28'], ['28-Foo-1951', 'dd-mmm-yyyy', undefined], ['1951-02-28x', undefined, undefined],
  ] as const)('read the day %s written %s as %s', (dob, dates, day) => {
    expect(valueOf({ dob }, { asOf: { day: '2026-11-01' }, ...(dates && { dates }) })).toBe(day);
  });
  it('count from the day that they name, that all have, or that is told', () => {
    expect(read({ name: 'Ann' }).evidence[0]?.asOf).toBe('2026-11-01');
    expect(read({ name: 'Ann' }, { asOf: { day: '2026-10-01' } }).evidence[0]?.asOf).toBe('2026-10-01');
    expect(read({ name: 'Ann' }, { asOf: undefined }).evidence[0]?.asOf).toBe('2026-11-30');
    expect(read({ name: 'Ann', updated_on: '' })).toEqual({ evidence: [], misfits: ['as-of'] });
  });
  it('have the columns of what is asked for, and no others', () => {
    const rows = new RegisterRows(MAPPING, STARTER_ATTRIBUTES);
    expect(rows.columnsFor(['address.current'])).toEqual(['account_no', 'updated_on', 'addr1', 'addr2', 'pc', 'uprn']);
    expect(rows.columnsFor()).toHaveLength(9);
  });
});

describe('a mapping', () => {
  const faults = (changes: object): readonly string[] => mappingFaults({ ...MAPPING, ...changes }, STARTER_ATTRIBUTES);

  it('that can be used has no faults', () => expect(faults({})).toEqual([]));
  it.each([
    [{ source: 'Council Tax' }, 'source must match pattern'], [{ localId: '' }, 'localId must NOT have fewer'], [{ asOf: { day: '2026-02-30' } }, 'asOf.day is not a date'], [{ dates: 'mm/dd/yyyy' }, 'dates is none of'], [{ attributes: {} }, 'attributes must NOT'],
    [{ table: 'account' }, 'table is not known here'], [{ attributes: { 'shoe.size': { column: 'shoe' } } }, 'There is no attribute shoe.size'], [{ attributes: { 'address.current': { column: 'address' } } }, 'address.current is an address'],
    [{ attributes: { 'person.name': { lines: ['a'], postcode: 'pc' } } }, 'person.name is one value'], [{ attributes: { 'person.name': { column: 'name', yesWhen: ['Y'] } } }, 'person.name is no yes or no'],
    [{ attributes: { 'age.over18': { column: 'adult', yesWhen: ['A'], noWhen: ['a '] } } }, 'age.over18 has "a" both for yes and for no'], [{ attributes: { 'person.name': { column: 'name', sql: '1' } } }, 'sql is not known here'],
  ])('%j is refused: %s', (changes, sentence) => {
    expect(faults(changes).join(' ')).toContain(sentence);
    expect(() => new RegisterRows({ ...MAPPING, ...changes } as RegisterMapping, STARTER_ATTRIBUTES)).toThrow(sentence);
  });
});
