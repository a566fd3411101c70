import { agreementBetween, requestUnder, riverbourneAndAldermoor } from '../testing';
import { changeDigest, readToldChange, type ToldChange } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const request = requestUnder(agreementBetween(receiver, holder, vocabulary), { attributes: ['address.current'] });
const change: ToldChange = { request, evidence: { attribute: 'address.current', value: { lines: ['3 Weir Lane'], postcode: 'ZZ99 1AC' }, asOf: '2026-11-22', source: 'resident', verified: null }, salt: 'A'.repeat(22) };

describe('a change that is told', () => {
  it('is read, and nothing that lacks a part of it or has more', () => {
    expect(readToldChange(change)).toEqual({ ok: true, value: change });
    for (const wrong of [null, {}, { ...change, salt: '' }, { ...change, more: 1 }, { ...change, evidence: [] }, { ...change, request: { ...request, exchange: '1' } }, { ...change, evidence: { ...change.evidence, asOf: 'today' } }]) expect(readToldChange(wrong)).toMatchObject({ ok: false });
  });
  it('has one digest whenever the choice was looked at, and another when the value, the salt or its name differs', () => {
    expect(changeDigest({ ...change, request: { ...request, choice: null, checkpoint: null } })).toBe(changeDigest(change));
    const others = [{ ...change, salt: 'B'.repeat(22) }, { ...change, evidence: { ...change.evidence, asOf: '2026-11-23' } }, { ...change, request: { ...request, exchange: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51ab' } }];
    expect(new Set([change, ...others].map(changeDigest)).size).toBe(4);
  });
});
