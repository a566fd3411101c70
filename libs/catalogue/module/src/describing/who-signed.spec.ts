import { signAssessment, signCounterClaim, type Assessment } from '@guildhall/assurance-contract';
import { examplePublisher } from '@guildhall/catalogue-contract/testing';
import { documentDigest } from '@guildhall/sharing-contract';
import { whoSigned } from './who-signed';

const [westmarch, glanafon, assessor] = [examplePublisher('westmarch'), examplePublisher('glanafon'), examplePublisher('assess-it', { kind: 'assessor', scopes: [] })];
const SHA512 = 'a'.repeat(128);
const signed = (changes: Partial<Assessment> = {}, by = assessor, sha512 = SHA512) => signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512 } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2026-11-29', findings: [{ principle: '7', result: 'met', how: 'reviewed' }], ...changes }, by.lead.signer);
const shown = (envelope: ReturnType<typeof signed>, { version = '1.0.0', now = '2026-11-29T12:00:00Z' } = {}) => whoSigned([envelope], { version, sha512: version === '1.0.0' ? SHA512 : 'b'.repeat(128), publisher: westmarch.publisher, known: [westmarch.publisher, glanafon.publisher, assessor.publisher], now: new Date(now) })[0];

describe('who signed what was found of a version', () => {
  it.each([['whoever publishes it', westmarch, 'own'], ['another body', glanafon, 'peer'], ['somebody who assesses', assessor, 'assessor'], ['nobody who is known', examplePublisher('stranger'), 'unknown']] as const)('is %s', (_who, by, standing) => {
    expect(shown(signed({}, by))?.by.standing).toBe(standing);
  });
  it('looked at these bytes, at another version, or at one for which they speak as well', () => {
    expect(shown(signed())?.isOfAnother).toBe(false);
    expect(shown(signed(), { version: '1.1.0' })?.isOfAnother).toBe(true);
    const also = signed({ alsoFor: { versions: '>=1.0.0 <1.1.0' } });
    expect([shown(also, { version: '1.0.1' })?.isOfAnother, shown(also, { version: '1.1.0' })?.isOfAnother]).toEqual([false, true]);
  });
  it('holds to the end of its last day in the United Kingdom', () => {
    const inSummer = signed({ validUntil: '2026-07-31' });
    expect([shown(inSummer, { now: '2026-07-31T22:59:00Z' })?.isOver, shown(inSummer, { now: '2026-07-31T23:30:00Z' })?.isOver]).toEqual([false, true]);
  });
  it('stands beside what whoever was assessed has signed against it, and against nothing else', () => {
    const [one, other] = [signed({ counterClaims: [{ principle: '7', text: 'As the assessor tells.' }] }), signed({ assessedOn: '2026-05-01' })];
    const against = signCounterClaim({ assessment: documentDigest(one), by: 'westmarch', at: '2026-06-02T09:00:00Z', claims: [{ principle: '7', text: 'It was mended.' }] }, westmarch.lead.signer);
    const found = whoSigned([one, other], { version: '1.0.0', sha512: SHA512, publisher: westmarch.publisher, known: [assessor.publisher], counterClaims: [against], now: new Date('2026-11-29T12:00:00Z') });
    expect(found.map(({ counterClaims }) => counterClaims)).toEqual([[{ principle: '7', text: 'As the assessor tells.' }, { principle: '7', text: 'It was mended.', by: westmarch.publisher.name }], []]);
  });
});
