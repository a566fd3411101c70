import { addressIn, comparableName, isNamedSo, livesThere, namesIn, type Evidence } from '../index';

const told = (attribute: Evidence['attribute'], value: Evidence['value']): Evidence => ({ attribute, value, asOf: '2026-11-01', source: 'register', verified: 'bill' });

describe('the keys by which somebody is found', () => {
  it.each([['  Siân  O’Brien ', 'siân o\'brien', true], ['Anne‐Marie LEE', 'anne-marie lee', true], ['Sia\u0302n', 'Si\u00e2n', true], ['Sian', 'Siân', false], ['Lee Ann', 'Ann Lee', false], ['Ann Lee', 'Mrs Ann Lee', false], ['Ann', 'Anne', false]])('LNK-001 %s and %s: one name by the rules alone, %s', (one, other, isSame) => {
    expect(comparableName(one) === comparableName(other)).toBe(isSame);
  });
  it('LNK-002 the UPRN decides where both know it, and the postcode where not', () => {
    const home = { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA', uprn: '990000012345' };
    expect(livesThere({ postcode: 'ZZ99 9ZZ', uprn: '990000012345' }, home)).toBe(true);
    expect(livesThere({ postcode: 'ZZ99 1AA', uprn: '990000012346' }, home)).toBe(false);
    expect(livesThere({ postcode: 'zz991aa' }, home)).toBe(true);
    expect(livesThere({ postcode: 'ZZ99 1AA', uprn: '990000012346' }, { ...home, uprn: undefined })).toBe(true);
    expect(livesThere({ postcode: '' }, { lines: [], postcode: '' })).toBe(false);
  });
  it('LNK-003 a name or a date of birth that is not known fits nobody', () => {
    const keys = { name: 'Ann Lee', dateOfBirth: '1951-02-28' };
    expect(isNamedSo(keys, namesIn([told('person.name', 'ann lee'), told('person.date-of-birth', '1951-02-28')]))).toBe(true);
    expect(isNamedSo(keys, namesIn([told('person.name', 'ann lee')]))).toBe(false);
    expect(isNamedSo(keys, namesIn([told('person.date-of-birth', '1951-02-28')]))).toBe(false);
    expect(isNamedSo(keys, namesIn([told('person.name', 'ann lee'), told('person.date-of-birth', '1951-02-27')]))).toBe(false);
    expect(addressIn([told('person.name', 'ann lee')])).toBeUndefined();
  });
});
