import { JsonReader, isGuildhallError } from './index';

const from = (json: unknown): JsonReader => new JsonReader(json, 'ferry');

describe('JSON from the other side', () => {
  it('is read value by value, and what nobody asks for is left', () => {
    const ferry = from({ id: 'a', tags: ['x'], legs: [1, {}], isOpen: false, seats: 0, state: 'at-sea', at: '2026-11-23T12:00:00Z', unknown: 1, none: null });
    expect([ferry.text('id'), ferry.texts('tags'), ferry.list('legs'), ferry.flag('isOpen'), ferry.count('seats'), ferry.oneOf('state', ['moored', 'at-sea']), ferry.instant('at'), ferry.value('unknown')])
      .toEqual(['a', ['x'], [1, {}], false, 0, 'at-sea', new Date('2026-11-23T12:00:00Z'), 1]);
    expect({ ...ferry.maybe('id', (name) => ferry.text(name)), ...ferry.maybe('none', (name) => ferry.text(name)), ...ferry.maybe('missing', (name) => ferry.text(name)) }).toEqual({ id: 'a' });
  });

  it.each<[string, (ferry: JsonReader) => unknown]>([
    ['text', (ferry) => ferry.text('number')], ['texts', (ferry) => ferry.texts('mixed')], ['list', (ferry) => ferry.list('object')], ['flag', (ferry) => ferry.flag('number')], ['count', (ferry) => ferry.count('fraction')], ['count', (ferry) => ferry.count('below')],
    ['oneOf', (ferry) => ferry.oneOf('word', ['another'])], ['instant', (ferry) => ferry.instant('word')], ['instant', (ferry) => ferry.instant('missing')], ['maybe', (ferry) => ferry.maybe('number', (name) => ferry.text(name))],
  ])('of another form is a version that is not known here: %s', (_what, read) => {
    let thrown: unknown;
    try { read(from({ number: 1, mixed: ['x', 1], object: {}, fraction: 1.5, below: -1, word: 'word' })); } catch (error) { thrown = error; }
    expect(isGuildhallError(thrown) && [thrown.code, thrown.message]).toEqual(['unavailable', expect.stringMatching(/^The other side's ferry\.\w+ is in a form that is not known here\./)]);
  });

  it.each([[undefined], [null], ['text'], [[]]])('that is no object is refused: %j', (json) => {
    expect(() => from(json)).toThrow('The other side\'s ferry is in a form');
  });
});
