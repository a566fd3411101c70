import { provedAddressIn, uprnOf } from './proved-address';

const TODAY = '2026-11-23';
const linesOf = (address: object) => provedAddressIn([address], TODAY)?.lines;

describe('an address that was proved', () => {
  it.each([
    [{ buildingNumber: '7', streetName: 'Invented Row', addressLocality: 'Riverbourne', postalCode: 'ZZ99 7AB' }, ['7 Invented Row', 'Riverbourne', 'ZZ99 7AB']],
    [{ subBuildingName: 'Flat 2', buildingName: 'Old Mill', buildingNumber: '12', dependentStreetName: 'Mill Yard', streetName: 'Made-Up Lane', dependentAddressLocality: 'Upper End', addressLocality: 'Glanafon', postalCode: 'ZZ99 3CY' }, ['Flat 2, Old Mill', '12 Mill Yard', 'Made-Up Lane', 'Upper End', 'Glanafon', 'ZZ99 3CY']],
    [{ buildingName: 'The Lodge', addressLocality: 'Glanafon', postalCode: 'ZZ99 3CY' }, ['The Lodge', 'Glanafon', 'ZZ99 3CY']],
    [{ buildingNumber: '3', addressLocality: 'Glanafon', postalCode: 'ZZ99 3CY' }, ['3', 'Glanafon', 'ZZ99 3CY']],
  ])('reads as on an envelope', (address, lines) => {
    expect(linesOf(address)).toEqual(lines);
  });

  it('has seven lines at most, of which the department goes first', () => {
    const lines = linesOf({ departmentName: 'D', organisationName: 'O', subBuildingName: 'S', buildingNumber: '1', dependentStreetName: 'DS', streetName: 'ST', doubleDependentAddressLocality: 'DD', dependentAddressLocality: 'DL', addressLocality: 'L', postalCode: 'ZZ99 1AA' });
    expect(lines).toEqual(['S', '1 DS', 'ST', 'DD', 'DL', 'L', 'ZZ99 1AA']);
  });

  it('is the one of today, whatever order they come in', () => {
    const at = (streetName: string, validFrom?: string, validUntil?: string) => ({ streetName, postalCode: 'ZZ99 1AA', validFrom, validUntil });
    expect(provedAddressIn([at('Before', '2001-01-01', '2019-01-01'), at('Now', '2019-01-02'), at('Later', '2027-01-01')], TODAY)?.lines[0]).toBe('Now');
    expect(provedAddressIn([at('Now', '2019-01-02'), at('Before', '2001-01-01')], TODAY)?.lines[0]).toBe('Now');
  });

  it.each([undefined, null, 'text', 7, {}, [], [null], [{}], [{ postalCode: 'ZZ99 1AA' }], [{ streetName: 'No Postcode' }], [{ streetName: 7, postalCode: {} }]])('is none where %j came', (claim) => {
    expect(provedAddressIn(claim, TODAY)).toBeUndefined();
  });
});

it.each([[99000000417, '99000000417'], ['99000000417', '99000000417'], [999999999999, '999999999999'], [1e12, undefined], [0, undefined], [-1, undefined], [1.5, undefined], ['007', undefined], [Number.NaN, undefined], [null, undefined], ['99 1', undefined]])('the UPRN %j is %j as text', (given, text) => {
  expect(uprnOf(given)).toBe(text);
});
