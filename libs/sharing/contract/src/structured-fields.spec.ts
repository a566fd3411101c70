import { Token, parseDictionary, serializeDictionary } from './index';

describe('structured fields (RFC 9651)', () => {
  it.each([
    ['a=1, b=-42, c=999999999999999', 'a=1, b=-42, c=999999999999999'], ['en="Applepie", da=:w4ZibGV0w6ZydGU=:', 'en="Applepie", da=:w4ZibGV0w6ZydGU=:'], ['a=?0, b, c;foo=bar', 'a=?0, b, c;foo=bar'], ['rating=2, feelings=(joy sadness)', 'rating=2, feelings=(joy sadness)'],
    ['a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid', 'a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid'], ['  a=1 \t,\t b=()', 'a=1, b=()'], ['a=(  "x";y   z  );q', 'a=("x";y z);q'], ['a=1, b=2, a=3', 'b=2, a=3'], ['a;x=1;y;x=2', 'a;y;x=2'], ['a="q\\"\\\\"', 'a="q\\"\\\\"'], ['', ''], ['a=*t/x:y', 'a=*t/x:y'],
  ])('reads %j and writes it as %j', (text, written) => expect(serializeDictionary(parseDictionary(text))).toBe(written));

  it('knows a token from a string and bytes from both', () => {
    const values = [...parseDictionary('a=sha-256, b="sha-256", c=:AA==:').values()].map((member) => ('items' in member ? undefined : member.value));
    expect(values).toEqual([new Token('sha-256'), 'sha-256', new Uint8Array([0])]);
  });
  it.each([
    'A=1', 'a=', 'a=1,', 'a=1 b=2', 'a=1,,b=2', 'a=(1', 'a=(1"x")', 'a=1)', 'a="x', 'a="é"', 'a="\\n"', 'a=?2', 'a=:AA:', 'a=:AAA:', 'a=:A B=:', 'a=:AB==:', 'a=1.5', 'a=1000000000000000', 'a=-', 'a=@12', '\ta=1', 'a= 1', 'a=1;B=2', 'a=1;', 'é=1', 'a=\u0000',
  ])('refuses %j', (text) => expect(() => parseDictionary(text)).toThrow(SyntaxError));
  it.each<[string, () => string]>([
    ['half a number', () => serializeDictionary(new Map([['a', { value: 0.5, parameters: new Map() }]]))], ['a number of 16 digits', () => serializeDictionary(new Map([['a', { value: 1e15, parameters: new Map() }]]))], ['letters with accents', () => serializeDictionary(new Map([['a', { value: 'Siân', parameters: new Map() }]]))],
    ['a key in capitals', () => serializeDictionary(new Map([['A', { value: 1, parameters: new Map() }]]))], ['a parameter in capitals', () => serializeDictionary(new Map([['a', { value: 1, parameters: new Map([['B', 1]]) }]]))], ['a token with a space', () => new Token('a b').name],
  ])('writes no %s', (_what, write) => expect(write).toThrow(SyntaxError));
});
