import { UNFIT, cellsOf } from './cells-of';
import { isPointer, valueAt } from './json-pointer';

describe('JSON Pointers', () => {
  // The document and the answers of RFC 6901, section 5.
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 };
  it.each([['', document], ['/foo', document.foo], ['/foo/0', 'bar'], ['/', 0], ['/a~1b', 1], ['/c%d', 2], ['/e^f', 3], ['/g|h', 4], ['/i\\j', 5], ['/k"l', 6], ['/ ', 7], ['/m~0n', 8]])('%j', (pointer, value) => {
    expect(isPointer(pointer)).toBe(true);
    expect(valueAt(document, pointer)).toEqual(value);
  });
  it.each(['/bar', '/foo/2', '/foo/-', '/foo/01', '/foo/-1', '/foo/1.0', '/foo/length', '/foo/0/0', '/foo/0/length', '/a~1b/toFixed', '/__proto__', '/constructor/name', '/toString', '/~01'])('find nothing at %s', (pointer) => expect(valueAt(document, pointer)).toBeUndefined());
  it('undo ~1 before ~0', () => expect(valueAt({ '~1': 'tilde' }, '/~01')).toBe('tilde'));
  it.each(['foo', 'foo/bar', '/~', '/~2', '/a~', '#/foo'])('are not %s', (text) => expect(isPointer(text)).toBe(false));
});

describe('the cells of a person', () => {
  const cell = cellsOf({ text: 'Ann', none: null, whole: 990000012345, part: 1.5, large: 2 ** 53, yes: true, list: ['a'], object: { a: 1 } }, new Set(['/yes', '/text']));
  it.each([['/text', 'Ann'], ['/none', null], ['/missing', undefined], ['/whole', '990000012345'], ['/yes', 'true'], ['/list/0', 'a']])('%s: %j', (pointer, value) => expect(cell(pointer)).toBe(value));
  it.each(['/part', '/large', '/list', '/object'])('%s is of a type that cannot be meant', (pointer) => expect(cell(pointer)).toBe(UNFIT));
  it('have true and false only where a yes or no is meant', () => expect(cellsOf({ yes: true }, new Set())('/yes')).toBe(UNFIT));
});
