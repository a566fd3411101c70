import { readPlace, readStreet } from './read-address';

const WHERE = { LAT: 53.3, LNG: 2.1 };
const linesOf = (dataset: 'DPA' | 'LPI', fields: object): readonly string[] | undefined => readPlace({ dataset, fields: { UPRN: '990000000001', POSTCODE: 'ZZ99 7AA', POSTCODE_LOCATOR: 'ZZ99 7AA', ...WHERE, ...fields } })?.address?.lines;

describe('delivery points (DPA)', () => {
  it('writes flat and building on one line, and the number with its street', () => {
    expect(linesOf('DPA', { SUB_BUILDING_NAME: 'FLAT 2', BUILDING_NAME: 'HERON COURT', BUILDING_NUMBER: '14', THOROUGHFARE_NAME: 'WEIR LANE', POST_TOWN: 'SEAMARK' })).toEqual(['Flat 2, Heron Court', '14 Weir Lane', 'Seamark']);
  });
  it('writes a building’s name that is a number with its street', () => {
    for (const number of ['12A', '1-3', '4/6']) expect(linesOf('DPA', { BUILDING_NAME: number, THOROUGHFARE_NAME: 'WEIR LANE', POST_TOWN: 'SEAMARK' })).toEqual([`${number} Weir Lane`, 'Seamark']);
  });
  it('puts the number with the smaller of two streets', () => {
    expect(linesOf('DPA', { BUILDING_NUMBER: '3', DEPENDENT_THOROUGHFARE_NAME: 'THE MEWS', THOROUGHFARE_NAME: 'WEIR LANE', DEPENDENT_LOCALITY: 'QUAYSIDE', POST_TOWN: 'SEAMARK' })).toEqual(['3 The Mews', 'Weir Lane', 'Quayside', 'Seamark']);
  });
  it('has at most six lines, and none twice', () => {
    const lines = linesOf('DPA', { ORGANISATION_NAME: 'TESTHAM TOYS', DEPARTMENT_NAME: 'RETURNS', PO_BOX_NUMBER: '9', BUILDING_NAME: 'A', BUILDING_NUMBER: '1', DEPENDENT_THOROUGHFARE_NAME: 'B MEWS', THOROUGHFARE_NAME: 'C ROAD', DOUBLE_DEPENDENT_LOCALITY: 'D', DEPENDENT_LOCALITY: 'E', POST_TOWN: 'SEAMARK' });
    expect(lines).toHaveLength(6);
    expect(linesOf('DPA', { BUILDING_NUMBER: '1', THOROUGHFARE_NAME: 'C ROAD', DEPENDENT_LOCALITY: 'SEAMARK', POST_TOWN: 'SEAMARK' })).toEqual(['1 C Road', 'Seamark']);
  });
});

describe('entries of gazetteers (LPI, BS 7666)', () => {
  it('writes what is inside (SAO) before the building (PAO)', () => {
    expect(linesOf('LPI', { SAO_TEXT: 'FIRST FLOOR', SAO_START_NUMBER: '2', PAO_TEXT: 'HERON COURT', PAO_START_NUMBER: '14', PAO_START_SUFFIX: 'A', STREET_DESCRIPTION: 'WEIR LANE', TOWN_NAME: 'SEAMARK' })).toEqual(['First Floor, 2 Heron Court', '14A Weir Lane', 'Seamark']);
  });
  it('writes a range of numbers', () => expect(linesOf('LPI', { PAO_START_NUMBER: '1', PAO_END_NUMBER: '3', PAO_END_SUFFIX: 'B', STREET_DESCRIPTION: 'WEIR LANE', TOWN_NAME: 'SEAMARK' })).toEqual(['1-3B Weir Lane', 'Seamark']));
  it('names the administrative area where there is no town', () => expect(linesOf('LPI', { PAO_START_NUMBER: 1, STREET_DESCRIPTION: 'WEIR LANE', ADMINISTRATIVE_AREA: 'TESTHAM' })).toEqual(['1 Weir Lane', 'Testham']));
});

describe('what comes from outside', () => {
  it('takes a UPRN as text and as a number, with leading noughts or without', () => {
    for (const UPRN of ['000099000001', 99_000_001, '99000001']) expect(readPlace({ dataset: 'LPI', fields: { UPRN, ...WHERE } })?.uprn).toBe('99000001');
    for (const UPRN of [undefined, null, '', '0', '1234567890123', 1.5, {}, 'x']) expect(readPlace({ dataset: 'LPI', fields: { UPRN, ...WHERE } })).toBeUndefined();
  });
  it('takes degrees where they are, and turns metres of the grid into degrees where they are not', () => {
    expect(readPlace({ dataset: 'LPI', fields: { UPRN: '99', LAT: '53.3', LNG: '2.1', X_COORDINATE: 1, Y_COORDINATE: 1 } })?.point).toEqual({ latitude: 53.3, longitude: 2.1 });
    const turned = readPlace({ dataset: 'LPI', fields: { UPRN: '99', X_COORDINATE: 651409.9, Y_COORDINATE: 313177.27 } })?.point;
    expect(turned?.latitude).toBeCloseTo(52.658, 3);
    expect(turned?.longitude).toBeCloseTo(1.716, 3);
    for (const fields of [{ UPRN: '99' }, { UPRN: '99', LAT: 'north', LNG: 2 }, { UPRN: '99', LAT: 99, LNG: 2 }, { UPRN: '99', X_COORDINATE: -5, Y_COORDINATE: 3 }]) expect(readPlace({ dataset: 'LPI', fields })).toBeUndefined();
  });
  it('has a place and no address where there is no postcode', () => {
    const place = readPlace({ dataset: 'LPI', fields: { UPRN: '99', ...WHERE, PAO_TEXT: 'SEAMARK PARK', STREET_DESCRIPTION: 'WEIR LANE' } });
    expect([place?.uprn, place?.address]).toEqual(['99', undefined]);
  });
  it('leaves out what was pulled down or refused', () => {
    for (const status of ['8', 8, '9']) expect(readPlace({ dataset: 'LPI', fields: { UPRN: '99', ...WHERE, LPI_LOGICAL_STATUS_CODE: status } })).toBeUndefined();
  });
  it('reads a street record, and nothing else as one', () => {
    expect(readStreet({ dataset: 'LPI', fields: { USRN: '099100001', ...WHERE, STREET_DESCRIPTION: 'LÔN Y FELIN', TOWN_NAME: 'NOD-Y-MÔR', LANGUAGE: 'CY' } })).toEqual({ usrn: '99100001', name: 'Lôn y Felin', town: 'Nod-y-Môr', point: { latitude: 53.3, longitude: 2.1 }, language: 'cy' });
    for (const fields of [{ USRN: 'x' }, { USRN: '99100001', LAT: null }, { USRN: '99100001', STREET_DESCRIPTION: ' ' }]) expect(readStreet({ dataset: 'LPI', fields: { ...WHERE, STREET_DESCRIPTION: 'WEIR LANE', ...fields } })).toBeUndefined();
  });
});
