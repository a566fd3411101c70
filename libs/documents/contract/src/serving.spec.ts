import * as fc from 'fast-check';
import { cleanFilename } from './document';
import { parseRange } from './serving';

describe('a Range header', () => {
  it.each([['bytes=0-3', { start: 0, end: 3 }], ['bytes=5-', { start: 5, end: 9 }], ['bytes=-2', { start: 8, end: 9 }], ['bytes=-200', { start: 0, end: 9 }], ['bytes=8-80', { start: 8, end: 9 }]])('%s of ten bytes', (header, range) => expect(parseRange(header, 10)).toEqual(range));
  it.each(['bytes=10-', 'bytes=50-60', 'bytes=-0'])('%s of ten bytes cannot be given', (header) => expect(parseRange(header, 10)).toBe('unsatisfiable'));
  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=3-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b', 'bytes=1.5-2', `bytes=${'9'.repeat(40)}-`])('%s is no range: the whole is sent', (header) => expect(parseRange(header, 10)).toBeUndefined());
  it('never leads beyond the document', () => {
    fc.assert(fc.property(fc.nat(1_000), fc.option(fc.nat(2_000)), fc.option(fc.nat(2_000)), (size, from, to) => {
      const range = parseRange(`bytes=${from ?? ''}-${to ?? ''}`, size);
      if (typeof range === 'object') expect(0 <= range.start && range.start <= range.end && range.end < size).toBe(true);
    }));
  });
});

describe('a cleaned file name', () => {
  it.each([['pothole.JPG', 'pothole.jpg'], ['..\\..\\photo.php', 'photo.jpg'], ['', 'document.jpg'], ['...', 'document.jpg'], ['gpj\u202Eexe.png', 'gpjexe.jpg'], ['a/b/c.png', 'c.jpg'], ['Llun o’r twll', 'Llun o’r twll.jpg'], ['x\u0000y.png', 'xy.jpg']])('of %j is %j', (given, cleaned) => expect(cleanFilename(given, 'image/jpeg')).toBe(cleaned));
  it('is short, names no folder and keeps its extension, whatever was given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const cleaned = cleanFilename(given, 'application/pdf');
      expect(cleaned).toMatch(/\.pdf$/);
      expect([...cleaned].length).toBeLessThanOrEqual(100);
      expect(cleaned).not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\./u);
      expect(cleanFilename(cleaned, 'application/pdf')).toBe(cleaned);
    }));
  });
});
