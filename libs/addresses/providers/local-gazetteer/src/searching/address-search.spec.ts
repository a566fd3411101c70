import { glanafon, riverbourne } from '../dataset';
import { isAlmost } from './words';
import type { GazetteerDataset } from '../dataset';

function lines(dataset: GazetteerDataset, text: string, limit = 5): string[] {
  const { gazetteer, addresses } = dataset.open();
  return addresses.byText(text, limit).addresses.map((at) => gazetteer.linesOf(at, 'en').join(', '));
}
const total = (dataset: GazetteerDataset, text: string): number => dataset.open().addresses.byText(text, 1).total;

describe('searching by words', () => {
  it('walks a street by number, flats after the house they are in', () => {
    const found = lines(riverbourne, 'high street', 100).filter((line) => !line.includes('House') && /\d+ High/.test(line)).map((line) => Number(/(\d+)[A-Z]? High/.exec(line)?.[1]));
    expect(found.length).toBeGreaterThan(40);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });
  it.each(['14 high street', 'high street 14', '14 High St', '14, HIGH STREET, Riverbourne', '14 high', '14 hihg street', '14 High Streat'])('finds 14 High Street first by %j', (text) => {
    expect(lines(riverbourne, text)[0]).toBe('14 High Street, Riverbourne');
  });
  it('takes St for Street and for Saint', () => {
    expect(lines(glanafon, 'st davids rd')[0]).toMatch(/St David’s Road/);
    expect(lines(glanafon, 'bridge st')[0]).toMatch(/Bridge Street/);
  });
  it('finds a street by its name in either language, with or without accents', () => {
    for (const text of ['Lôn y Felin', 'lon y felin', 'mill lane']) expect(lines(glanafon, text)[0]).toMatch(/Mill Lane/);
  });
  it('finds a flat in a named block, and the block with its street', () => {
    const [flat] = lines(riverbourne, 'flat 2 heron court');
    expect(flat).toMatch(/^Flat 2, Heron Court, /);
    const street = flat?.split(', ')[2] ?? '';
    expect(lines(riverbourne, `heron court ${street}`)[0]).toMatch(/Heron Court/);
  });
  it('finds public buildings by name', () => expect(lines(riverbourne, 'town hall')[0]).toMatch(/^Riverbourne Town Hall/));
  it('offers the street when it has no such number', () => expect(lines(riverbourne, '999 high street')[0]).toMatch(/High Street/));
  it('takes the beginning of a postcode', () => {
    expect(total(riverbourne, 'ZZ99 1A')).toBeGreaterThan(100);
    expect(total(riverbourne, 'zz991aa')).toBe(riverbourne.open().addresses.byPostcode('ZZ99 1AA', undefined, 1).total);
    expect(total(riverbourne, 'ZZ98')).toBe(0);
  });
  it('does not give a whole town for its name alone', () => expect(total(riverbourne, 'Riverbourne')).toBe(0));
  it('counts to a thousand and no further', () => expect(total(riverbourne, 'ZZ99')).toBe(1_000));
  it('narrows a postcode by number, letter, name and flat', () => {
    const { addresses, gazetteer } = riverbourne.open();
    const at = Array.from({ length: gazetteer.size }, (_, each) => each).find((each) => (gazetteer.flatOf[each] ?? 0) > 3) as number;
    const postcode = gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0] as string;
    expect(addresses.byPostcode(postcode, `flat ${gazetteer.flatOf[at]}`, 5).addresses).toEqual([at]);
    expect(addresses.byPostcode(postcode, 'flat 99', 5).total).toBe(0);
  });
  it('answers in less than a millisecond, the typical search', () => {
    const texts = ['14 high street', 'station rd', 'hihg street', 'zz99 1aa', 'heron court', 'mill', '7 ash close', 'qqqq zzzz', 'ZZ99 1'];
    const search = (): void => { for (const text of texts) riverbourne.open().addresses.byText(text, 10); };
    for (let warm = 0; warm < 20; warm++) search();
    // The processor's time, not the clock's: other tests run beside this one.
    const began = process.cpuUsage();
    for (let round = 0; round < 30; round++) search();
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000 / (30 * texts.length)).toBeLessThan(1);
  });
});

describe('nearly the same word', () => {
  it.each([['hihg', 'high', 1, true], ['street', 'streat', 1, true], ['mill', 'mil', 1, true], ['mill', 'hill', 1, true], ['mill', 'all', 1, false], ['station', 'statoin', 1, true], ['kingfisher', 'kingfsiherr', 2, true], ['abc', 'xyz', 2, false]] as const)('%s and %s within %i: %s', (a, b, most, is) => expect(isAlmost(a, b, most)).toBe(is));
});
