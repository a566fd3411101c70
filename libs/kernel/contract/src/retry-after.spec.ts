import { retryAfterOf } from './retry-after';

const now = new Date('2026-11-23T09:00:00Z');

describe('Retry-After', () => {
  it.each([['120', 120], [' 7 ', 7], ['Mon, 23 Nov 2026 09:02:00 GMT', 120], ['999999999', 86_400], ['0', undefined], ['-5', undefined], ['Mon, 23 Nov 2026 08:00:00 GMT', undefined], ['soon', undefined], ['', undefined], [undefined, undefined], ['1e9', undefined]])('%j is %s seconds', (header, expected) => expect(retryAfterOf(header, now)).toBe(expected));
  it('is not read as a date by somebody without a clock', () => expect([retryAfterOf('Mon, 23 Nov 2026 09:02:00 GMT'), retryAfterOf('120')]).toEqual([undefined, 120]));
});
