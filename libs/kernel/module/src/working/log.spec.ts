import { originOf } from './log';

describe('where an error came from', () => {
  it('is told by lines of its stack', () => {
    expect(originOf(new Error('broken'))).toMatch(/^at .*log\.spec\.ts:\d+:\d+\)$/);
    expect(originOf(new Error('broken'), 3)?.split(' < ')).toHaveLength(3);
  });
  it.each([['one line', 'Pat Whistlewood'], ['several lines', 'duplicate key\nKey (name)=(Pat Whistlewood)'], ['lines that look like a stack', 'first\n    at Pat Whistlewood (/home/whistlewood.ts:1:2)\nwe met at Whistlewood'], ['a place', 'we met at Whistlewood']])('never by its message of %s', (_what, message) => {
    expect(originOf(new Error(message), 3)).not.toMatch(/whistlewood/i);
    expect(originOf(Object.assign(new Error(message), { name: 'TemplateError' }), 3)).not.toMatch(/whistlewood/i);
  });
  it.each([undefined, null, 'text', {}, { stack: 7 }, { stack: 'Error: no frames at all' }, { message: 'no stack' }])('is not known of %p', (thrown) => expect(originOf(thrown)).toBeUndefined());
});
