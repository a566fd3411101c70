import { canonicalize } from './index';

describe('canonical JSON (RFC 8785)', () => {
  it('3.2.2 and 3.2.4: writes the example of the standard, byte for byte', () => {
    const value: unknown = JSON.parse('{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}');
    expect(Buffer.from(canonicalize(value)).toString('hex')).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d');
  });
  it('3.2.3: orders members by their names’ UTF-16 units, at every depth', () => {
    const value = { '€': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '😀': 'Emoji: Grinning Face', '\u0080': 'Control', 'ö': 'Latin Small Letter O With Diaeresis' };
    expect(Object.values(JSON.parse(canonicalize(value)) as object).length).toBe(7);
    expect([...canonicalize(value).matchAll(/:"([^"]+)"/g)].map(([, each]) => each)).toEqual(['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh']);
    expect(canonicalize({ b: [{ z: 1, a: 2 }], a: {} })).toBe('{"a":{},"b":[{"a":2,"z":1}]}');
  });
  it.each<[number, string]>([
    [0, '0'], [-0, '0'], [5e-324, '5e-324'], [-5e-324, '-5e-324'], [1.7976931348623157e308, '1.7976931348623157e+308'], [9007199254740992, '9007199254740992'], [-9007199254740992, '-9007199254740992'],
    [295147905179352830000, '295147905179352830000'], [9.999999999999997e22, '9.999999999999997e+22'], [1e23, '1e+23'], [1.0000000000000001e23, '1.0000000000000001e+23'], [999999999999999700000, '999999999999999700000'],
    [1e21, '1e+21'], [9.999999999999997e-7, '9.999999999999997e-7'], [0.000001, '0.000001'], [333333333.3333332, '333333333.3333332'], [333333333.33333325, '333333333.33333325'],
  ])('appendix B: writes %d as %s', (number, written) => expect(canonicalize(number)).toBe(written));

  it('leaves out members that are not there, and reads what it writes as the same', () => {
    expect(canonicalize({ a: undefined, b: null })).toBe('{"b":null}');
    const value = { deep: [[[{ x: [1, 'two', null, { three: true }] }]]] };
    expect(JSON.parse(canonicalize(value))).toEqual(value);
  });
  const loop: { self?: unknown } = {};
  loop.self = loop;
  it.each<[string, unknown]>([
    ['no number', NaN], ['infinity', { a: [Infinity] }], ['half of a surrogate pair', { a: '\ud800' }], ['half of a pair in a name', { '\udc00': 1 }], ['nothing', undefined], ['a gap', [undefined]], ['a function', () => 1], ['a big integer', 1n], ['a date', { at: new Date(0) }], ['a map', new Map()], ['itself', loop],
  ])('refuses what is no JSON: %s', (_what, value) => expect(() => canonicalize(value)).toThrow(TypeError));
});
