import { Decimal, DisplayString, Token, parseDictionary, parseItem, parseList, serializeDictionary, serializeItem, serializeList, type BareItem } from './index';

const written = (value: BareItem): string => serializeItem({ value, parameters: new Map() });

describe('structured fields (RFC 9651)', () => {
  it.each([
    ['a=1, b=-42, c=999999999999999', 'a=1, b=-42, c=999999999999999'], ['en="Applepie", da=:w4ZibGV0w6ZydGU=:', 'en="Applepie", da=:w4ZibGV0w6ZydGU=:'], ['a=?0, b, c;foo=bar', 'a=?0, b, c;foo=bar'], ['rating=2, feelings=(joy sadness)', 'rating=2, feelings=(joy sadness)'],
    ['a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid', 'a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid'], ['  a=1 \t,\t b=()', 'a=1, b=()'], ['a=(  "x";y   z  );q', 'a=("x";y z);q'], ['a=1, b=2, a=3', 'a=3, b=2'], ['a;x=1;y;x=2', 'a;x=2;y'], ['a=1.50, b=-0.1;q=1.0, c=0.0', 'a=1.5, b=-0.1;q=1.0, c=0.0'], ['a=@1659578233, b=@-62135596800', 'a=@1659578233, b=@-62135596800'], ['a=%"%c5%b5y 100%25"', 'a=%"%c5%b5y 100%25"'], ['a="q\\"\\\\"', 'a="q\\"\\\\"'], ['', ''], ['a=*t/x:y', 'a=*t/x:y'],
  ])('reads %j and writes it as %j', (text, written) => expect(serializeDictionary(parseDictionary(text))).toBe(written));

  it('knows a token from a string and bytes from both', () => {
    const values = [...parseDictionary('a=sha-256, b="sha-256", c=:AA==:').values()].map((member) => ('items' in member ? undefined : member.value));
    expect(values).toEqual([new Token('sha-256'), 'sha-256', new Uint8Array([0])]);
  });
  it.each([
    'A=1', 'a=', 'a=1,', 'a=1 b=2', 'a=1,,b=2', 'a=(1', 'a=(1"x")', 'a=1)', 'a="x', 'a="é"', 'a="\\n"', 'a=?2', 'a=:AA:', 'a=:AAA:', 'a=:A B=:', 'a=:AB==:', 'a=1.', 'a=.5', 'a=1.5.4', 'a=1..4', 'a=1.2345', 'a=1234567890123.1', 'a=1000000000000000', 'a=-', 'a=@', 'a=@1.5', 'a=@999999999999999', 'a=%"%C3%BC"', 'a=%"%c3%28"', 'a=%"x', 'a=%x', '\ta=1', 'a= 1', 'a=1;B=2', 'a=1;', 'é=1', 'a=\u0000',
  ])('refuses %j', (text) => expect(() => parseDictionary(text)).toThrow(SyntaxError));
  it.each<[string, () => string]>([
    ['half a number as a whole one', () => written(0.5)], ['half a second', () => written(new Date(500))], ['no date', () => written(new Date(Number.NaN))], ['13 digits before a point', () => written(new Decimal(1e12 + 0.1))], ['what rounds up to them', () => written(new Decimal(999_999_999_999.9996))], ['no number', () => written(new Decimal(Number.NaN))], ['a number of 16 digits', () => serializeDictionary(new Map([['a', { value: 1e15, parameters: new Map() }]]))], ['letters with accents', () => serializeDictionary(new Map([['a', { value: 'Siân', parameters: new Map() }]]))],
    ['a key in capitals', () => serializeDictionary(new Map([['A', { value: 1, parameters: new Map() }]]))], ['a parameter in capitals', () => serializeDictionary(new Map([['a', { value: 1, parameters: new Map([['B', 1]]) }]]))], ['a token with a space', () => new Token('a b').name],
  ])('writes no %s', (_what, write) => expect(write).toThrow(SyntaxError));

  it('tells a decimal from an integer, and a date from both', () => {
    expect([...parseDictionary('a=1.0, b=1, c=@1, d=%"%c5%b5y"').values()].map((member) => ('items' in member ? undefined : member.value))).toEqual([new Decimal(1), 1, new Date(1000), new DisplayString('ŵy')]);
  });
  it.each([[0.0015, '0.002'], [0.0025, '0.002'], [-0.0015, '-0.002'], [9.9995, '10.0'], [1e-9, '0.0'], [1, '1.0'], [999_999_999_999.5, '999999999999.5']])('4.1.5: writes the decimal %d as %s', (value, text) => expect(written(new Decimal(value))).toBe(text));
  it('4.2.1: reads lists, and writes them', () => {
    expect(['sugar,  tea, rum', '("foo"   "bar");lvl=5, ("baz"), ()', 'abc;a=1; b=2; cde_456, (ghi;jk=4 l);q="9";r=w', ''].map((text) => serializeList(parseList(text)))).toEqual(['sugar, tea, rum', '("foo" "bar");lvl=5, ("baz"), ()', 'abc;a=1;b=2;cde_456, (ghi;jk=4 l);q="9";r=w', '']);
    for (const text of ['1, 42,', '1,,42', '1 2']) expect(() => parseList(text)).toThrow(SyntaxError);
  });
  it('4.2.3: reads items, and writes them', () => {
    expect(['  5; foo=bar  ', '4.50', '@1659578233', '?1', ':cHJldGVuZA==:'].map((text) => serializeItem(parseItem(text)))).toEqual(['5;foo=bar', '4.5', '@1659578233', '?1', ':cHJldGVuZA==:']);
    for (const text of ['', '2,3', '4-2', '5 6']) expect(() => parseItem(text)).toThrow(SyntaxError);
  });
});
