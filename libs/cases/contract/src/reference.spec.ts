import fc from 'fast-check';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import { makeReference, parseReference } from './reference';

const SIGNS = '0123456789BCDFGHJKMNPQRTVWXYZ';
const references = fc.integer({ min: 1, max: 2_000_000_000 }).map((seed) => makeReference(new SeededIds(seed), 'RB'));

describe('references', () => {
  it('are two letters, then four and four signs without vowels or letters that look like digits', () => {
    fc.assert(fc.property(references, (reference) => /^RB-[0-9B-DF-HJKMNP-RTV-Z]{4}-[0-9B-DF-HJKMNP-RTV-Z]{4}$/.test(reference)));
  });

  it('use every sign about equally often', () => {
    const counts = new Map<string, number>();
    const ids = new SeededIds(7);
    for (let i = 0; i < 4000; i++) for (const sign of makeReference(ids, 'RB').slice(3, 7)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    expect(counts.size).toBe(29);
    for (const count of counts.values()) expect(count).toBeGreaterThan((16_000 / 29) * 0.75);
  });

  it('are read as they are written', () => {
    fc.assert(fc.property(references, (reference) => parseReference(reference) === reference));
  });

  it('are read in lower case, with spaces or dots, without hyphens, without the prefix, and with the letters people take for digits', () => {
    fc.assert(fc.property(references, fc.constantFrom('', ' ', ' - ', '.', '–', '/'), fc.boolean(), fc.boolean(), (reference, gap, lower, short) => {
      let typed = reference.replace(/0/g, 'O').replace(/1/g, 'l').replace(/5/g, 's').replace(/V/g, 'u').replace(/-/g, gap);
      if (short) typed = typed.slice(2);
      if (lower) typed = typed.toLowerCase();
      expect(parseReference(` ${typed} `, 'RB')).toBe(reference);
    }));
  });

  it('are read with digits in place of the prefix’s letters', () => {
    const reference = makeReference(new SeededIds(3), 'SO');
    expect(parseReference(reference.replace('SO', '50'))).toBe(reference);
  });

  it('with any one sign wrong are none', () => {
    fc.assert(fc.property(references, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 28 }), (reference, place, shift) => {
      const body = [...reference.slice(3).replace('-', '')];
      body[place] = SIGNS.charAt((SIGNS.indexOf(body[place] ?? '') + shift) % 29);
      return parseReference(`RB${body.join('')}`) === undefined;
    }));
  });

  it('with any two different signs in each other’s places are none', () => {
    fc.assert(fc.property(references, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), (reference, one, other) => {
      const body = [...reference.slice(3).replace('-', '')];
      fc.pre(body[one] !== body[other]);
      [body[one], body[other]] = [body[other] ?? '', body[one] ?? ''];
      return parseReference(`RB${body.join('')}`) === undefined;
    }));
  });

  it('are not found in anything else', () => {
    fc.assert(fc.property(fc.string(), (typed) => { const read = parseReference(typed, 'RB'); return read === undefined || /^[A-Z]{2}-\w{4}-\w{4}$/.test(read); }));
    for (const typed of ['', 'RB', '7K3F', 'RB-7K3F', 'RB-7K3F-92QD-1', 'ZZ99 1AA', '01632 960001']) expect(parseReference(typed)).toBeUndefined();
  });

  it('refuse a prefix that is not two capital letters', () => {
    expect(() => makeReference(new SeededIds(), 'rb')).toThrow('two capital letters');
  });
});
