import type { AssuranceDemand, Assessor, Envelope } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { NCSC_PRINCIPLES, assuranceGaps, computeAssurance, readAssessment, signAssessment, type Assessment, type Judged, type KnownSigners } from './index';

const now = new Date('2026-11-30T12:00:00Z');
const [riverbourne, glanafon, hostIt, assessIt, checkIt] = ['riverbourne', 'glanafon', 'host-it', 'assess-it', 'check-it'].map((id) => bodyNamed(id, id)) as [Named, Named, Named, Named, Named];
type Named = ReturnType<typeof bodyNamed>;
const assessor = ({ id, name, keys }: Named, more: Partial<Assessor> = {}): Assessor => ({ id, name, keys, accreditations: [], linkedTo: [], ...more });
const known: KnownSigners = { bodies: [riverbourne, glanafon], assessors: [assessor(assessIt), assessor(checkIt, { accreditations: ['CHECK'] }), assessor(hostIt)] };
const RUNNING = 'a'.repeat(64);
const deployment: Judged = { name: 'https://share.riverbourne.example', digest: { sha256: RUNNING }, owners: ['riverbourne', 'host-it'] };
const assessment: Assessment = { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', findings: ['1', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) };
const signed = (by: Named, changes: Partial<Assessment> & Readonly<Record<string, unknown>> = {}, digest = RUNNING, name = deployment.name): Envelope => signAssessment([{ name, digest: { sha256: digest } }], { ...assessment, ...changes }, by.signer);
const demand = (changes: Partial<AssuranceDemand> = {}): AssuranceDemand => ({ on: 'deployment', standard: 'ncsc-csp', principles: ['1', '10'], by: 'third-party', within: 'P400D', ...changes });
const gaps = (envelopes: readonly Envelope[], demands = [demand({ principles: ['10'] })], at = now, signers = known): readonly string[] => assuranceGaps(demands, computeAssurance(deployment, envelopes, signers, at), at).map(({ en }) => en);
const levels = (envelopes: readonly Envelope[], judged = deployment, signers = known): readonly string[] => (computeAssurance(judged, envelopes, signers, now).findings['ncsc-csp']?.['10'] ?? []).map(({ level, by }) => `${level} ${by}`);

describe('how much an assessment is worth', () => {
  it('is worked out from who signed', () => {
    expect(levels([riverbourne, glanafon, assessIt, checkIt].map((by) => signed(by)))).toEqual(['self riverbourne', 'peer glanafon', 'third-party assess-it', 'accredited check-it']);
  });
  it('is not raised by what it says of itself', () => {
    expect(levels([signed(riverbourne, { thirdParty: true, independent: 'yes', assessor: { id: 'check-it' } })])).toEqual(['self riverbourne']);
  });
  it('is its owner’s word when the supplier signs, and when the assessor belongs to the supplier', () => {
    expect(levels([signed(hostIt)])).toEqual(['self host-it']);
    expect(levels([signed(checkIt)], deployment, { ...known, assessors: [assessor(checkIt, { accreditations: ['CHECK'], linkedTo: ['host-it'] })] })).toEqual(['self check-it']);
  });
  it('is nothing from somebody unknown, or with a key that was stolen before', () => {
    expect(levels([signed(bodyNamed('check-it', 'Another'))])).toEqual([]);
    const [key] = checkIt.keys as [Named['keys'][number]];
    expect(levels([signed(checkIt)], deployment, { ...known, assessors: [assessor({ ...checkIt, keys: [{ ...key, compromisedSince: '2026-05-01T00:00:00Z' }] })] })).toEqual([]);
  });
  it('stays what it was when the key that signed has ended since, and is nothing when the key had ended before', () => {
    const [key] = checkIt.keys as [Named['keys'][number]];
    const ended = (until: string): KnownSigners => ({ ...known, assessors: [assessor({ ...checkIt, keys: [{ ...key, until }] })] });
    expect(levels([signed(checkIt)], deployment, ended('2026-06-01T12:00:00Z'))).toEqual(['third-party check-it']);
    expect(levels([signed(checkIt)], deployment, ended('2026-05-31T12:00:00Z'))).toEqual([]);
  });
  it('is nothing once the key was stolen, whatever day it names: a thief dates it back', () => {
    const [key] = checkIt.keys as [Named['keys'][number]];
    expect(levels([signed(checkIt, { assessedOn: '2026-01-02' })], deployment, { ...known, assessors: [assessor({ ...checkIt, keys: [{ ...key, until: '2026-07-01T00:00:00Z', compromisedSince: '2026-11-01T00:00:00Z' }] })] })).toEqual([]);
  });
  it('is nothing for another thing, after its time and before it', () => {
    expect(levels([signed(checkIt, {}, RUNNING, 'https://share.glanafon.example'), signed(checkIt, { validUntil: '2026-11-29' }), signed(checkIt, { assessedOn: '2026-12-01' })])).toEqual([]);
  });
  it('falls to its owner’s word at once when something else runs than was looked at', () => {
    expect(levels([signed(checkIt, {}, 'b'.repeat(64))])).toEqual(['self check-it']);
    expect(levels([signed(checkIt, { alsoFor: { sha256: [RUNNING] } }, 'b'.repeat(64))])).toEqual(['accredited check-it']);
  });
  it('holds for a module’s other versions where the assessor said so', () => {
    const module: Judged = { name: 'pkg:npm/%40riverbourne/parking@1.2.9', version: '1.2.9', digest: { sha512: 'c'.repeat(128) }, owners: ['riverbourne'] };
    const of = (versions?: string): Envelope => signAssessment([{ name: 'pkg:npm/%40riverbourne/parking@1.2.0', digest: { sha512: 'd'.repeat(128) } }], { ...assessment, ...(versions && { alsoFor: { versions } }) }, checkIt.signer);
    expect([levels([of('>=1.2.0 <1.3.0')], module), levels([of('>=1.2.0 <1.2.5')], module), levels([of()], module)]).toEqual([['accredited check-it'], ['self check-it'], ['self check-it']]);
  });
});

describe('what an agreement demands', () => {
  it('is met by those who are as independent as it asks, and more', () => {
    expect(gaps([signed(assessIt)], [demand()])).toEqual([]);
    expect(gaps([signed(checkIt)], [demand()])).toEqual([]);
    expect(gaps([signed(assessIt, { findings: [{ principle: '1', result: 'met', how: 'tested' }] }), signed(checkIt, { findings: [{ principle: '10', result: 'met', how: 'tested' }] })], [demand()])).toEqual([]);
  });
  it.each<readonly [string, readonly Envelope[], string, Partial<AssuranceDemand>]>([
    ['nobody has looked', [], 'Principle 10 (Identity and authentication) has not been looked at.', {}],
    ['only its owner says so', [signed(riverbourne)], 'Principle 10 (Identity and authentication) is only self-asserted.', {}],
    ['another council looked, where somebody independent is wanted', [signed(glanafon)], 'Principle 10 (Identity and authentication) has not been looked at by somebody independent.', {}],
    ['somebody independent looked, where somebody accredited is wanted', [signed(assessIt)], 'Principle 10 (Identity and authentication) has not been looked at by somebody accredited.', { by: 'accredited' }],
    ['it is met in part', [signed(assessIt, { findings: [{ principle: '10', result: 'partly-met', how: 'tested' }] })], 'Principle 10 (Identity and authentication) is met only in part.', {}],
    ['one finds it met and another does not', [signed(assessIt), signed(checkIt, { findings: [{ principle: '10', result: 'not-met', how: 'tested' }] })], 'Principle 10 (Identity and authentication) was found not to be met.', {}],
    ['it is too long ago', [signed(assessIt)], 'Principle 10 (Identity and authentication) was looked at too long ago.', { within: 'P30D' }],
    ['it has ended', [signed(assessIt, { validUntil: '2026-11-29' })], 'Principle 10 (Identity and authentication) was good until 2026-11-29, and nobody has looked at it since.', {}],
    ['it has ended, and the owner says so since', [signed(checkIt, { validUntil: '2026-10-31' }), signed(assessIt, { validUntil: '2026-11-29' }), signed(riverbourne)], 'Principle 10 (Identity and authentication) was good until 2026-11-29, and nobody has looked at it since.', {}],
    ['it has ended, and a council has found since that it is not met', [signed(assessIt, { validUntil: '2026-11-29' }), signed(glanafon, { findings: [{ principle: '10', result: 'not-met', how: 'tested' }] })], 'Principle 10 (Identity and authentication) has not been looked at by somebody independent.', {}],
    ['it has ended, and the system was changed since somebody else looked', [signed(assessIt, { validUntil: '2026-11-29' }), signed(checkIt, {}, 'b'.repeat(64))], 'Principle 10 (Identity and authentication) was looked at before the system was changed.', {}],
    ['what has ended was worth less than is wanted', [signed(glanafon, { validUntil: '2026-11-29' })], 'Principle 10 (Identity and authentication) has not been looked at.', {}],
    ['what has ended was of another system, or said that it is not met', [signed(assessIt, { validUntil: '2026-11-29' }, 'b'.repeat(64)), signed(checkIt, { validUntil: '2026-11-29', findings: [{ principle: '10', result: 'not-met', how: 'tested' }] })], 'Principle 10 (Identity and authentication) has not been looked at.', {}],
    ['the system was changed since', [signed(assessIt, {}, 'b'.repeat(64))], 'Principle 10 (Identity and authentication) was looked at before the system was changed.', {}],
  ])('is not met when %s', (_when, envelopes, sentence, changes) => {
    const demands = [demand({ principles: ['10'], ...changes })];
    expect(gaps(envelopes, demands)).toEqual([sentence]);
    expect(assuranceGaps(demands, computeAssurance(deployment, envelopes, known, now), now)[0]?.cy).toMatch(/^\p{Lu}.*egwyddor 10 \(Hunaniaeth a dilysu\)/u);
  });
  it('names what it has no title for', () => { expect(gaps([], [demand({ standard: 'iso-27001', principles: ['5'] })])).toEqual(['iso-27001 5 has not been looked at.']); });
});

describe('how people ask', () => {
  it('is proven when somebody other than its owner looked at it', () => {
    const proven = (...envelopes: readonly Envelope[]): boolean => computeAssurance(deployment, envelopes, known, now).coversChannels;
    expect([proven(signed(riverbourne, { coversChannels: true })), proven(signed(checkIt)), proven(signed(checkIt, { coversChannels: true })), proven(signed(checkIt, { coversChannels: true }, 'b'.repeat(64)))]).toEqual([false, false, true, false]);
  });
});

describe('an assessment', () => {
  it('is an in-toto statement, and refused when it is none', () => {
    expect(readAssessment(signed(checkIt))).toMatchObject({ ok: true, value: { _type: 'https://in-toto.io/Statement/v1', subject: [{ name: deployment.name }], predicate: assessment } });
    expect(readAssessment({ ...signed(checkIt), payloadType: 'application/json' })).toMatchObject({ ok: false });
    expect(readAssessment({ ...signed(checkIt), payload: Buffer.from('{}').toString('base64') })).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(readAssessment({ ...signed(checkIt), payload: 'e' })).toMatchObject({ ok: false });
  });
  it('keeps what was said against it', () => {
    const counterClaims = [{ principle: '10', text: 'Two-step sign-in was switched on the day after.' }];
    expect(computeAssurance(deployment, [signed(checkIt, { counterClaims })], known, now).counterClaims).toEqual(counterClaims.map((claim) => ({ ...claim, by: 'check-it' })));
  });
  it('knows the fourteen principles', () => { expect(Object.keys(NCSC_PRINCIPLES)).toHaveLength(14); });
});
