import { ASSURANCE_LEVELS, type AssuranceLevel, type Envelope } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { computeAssurance, hostingEnds, hostingGaps, packageEnds, policyIn, policyWords, readPolicy, signAssessment, tellAssurance, type Assessment, type AssurancePolicy, type Judged, type KnownSigners } from './index';

const read = (words: string): AssurancePolicy | string => {
  const outcome = policyIn(words);
  return outcome.ok ? outcome.value : outcome.refusal.message;
};

describe('a policy in words', () => {
  it('is read as a council writes it', () => {
    expect(read('hosting: third party for principles 1, 2, 9, 10; modules: kit passed and one peer\'s review')).toEqual({ hosting: { by: 'third-party', principles: ['1', '2', '9', '10'], within: 'P400D' }, modules: { kit: 'passed', reviewedBy: 'peer' }, whenMissing: 'refuse' });
    expect(read('Hosting: accredited for all principles within 2 years\n\nmodules: kit passed, except @guildhall/*, @riverbourne/parking\notherwise: warn')).toEqual({
      hosting: { by: 'accredited', principles: Array.from({ length: 14 }, (_one, index) => String(index + 1)), within: 'P2Y' }, modules: { kit: 'passed', except: ['@guildhall/*', '@riverbourne/parking'] }, whenMissing: 'warn',
    });
    expect(read('hosting: peer for principle 10 within 6 months of iso-27001')).toEqual({ hosting: { by: 'peer', principles: ['10'], within: 'P6M', standard: 'iso-27001' }, whenMissing: 'refuse' });
    expect(read('')).toEqual({ whenMissing: 'refuse' });
  });
  it.each([
    ['hosting: somebody for principles 1', 'who must have looked is one of itself, peer, third party, accredited'], ['hosting: peer for principles 1, 15', 'there is no principle 15'], ['hosting: peer', 'and of which principles'], ['modules: reviewed', '“reviewed” is neither'],
    ['modules: one friend’s review', '“one friend’s review” is neither'], ['otherwise: ask', 'otherwise is refuse or warn'], ['hosting: peer for principle 1\nhosting: self for principle 2', 'it is said twice'], ['staff: vetted', 'it begins with neither hosting, modules nor otherwise'],
  ])('%s is refused with what is wrong and how it is written', (words, why) => {
    expect(read(words)).toContain(why);
    expect(read(words)).toContain('Write it like this: hosting: third party for principles 1, 2, 9, 10');
  });
  it('is the same policy again when it is written out and read, whatever it demands', () => {
    const some: readonly AssurancePolicy[] = ASSURANCE_LEVELS.flatMap((by: AssuranceLevel) => (['P1D', 'P3W', 'P18M', 'P2Y'] as const).flatMap((within) => (['refuse', 'warn'] as const).flatMap((whenMissing): AssurancePolicy[] => [
      { hosting: { by, principles: ['1', '14'], within }, whenMissing }, { hosting: { by, principles: ['3'], within, standard: 'iso-27001' }, modules: { kit: 'passed', reviewedBy: by, except: ['@a/*', '@b/c'] }, whenMissing }, { modules: { reviewedBy: by }, whenMissing }, { modules: { kit: 'present' }, whenMissing },
    ])));
    for (const policy of some) expect(read(policyWords(policy))).toEqual(policy);
  });
  it('is read from a file as words or as an object', () => {
    expect(readPolicy('otherwise: warn')).toEqual({ ok: true, value: { whenMissing: 'warn' } });
    expect(readPolicy({ whenMissing: 'warn' })).toEqual({ ok: true, value: { whenMissing: 'warn' } });
    expect(readPolicy({ whenMissing: 'ask' })).toMatchObject({ ok: false });
    expect(readPolicy({ hosting: { by: 'peer', principles: ['10'] }, whenMissing: 'warn' })).toEqual({ ok: true, value: { hosting: { by: 'peer', principles: ['10'], within: 'P400D' }, whenMissing: 'warn' } });
    expect(readPolicy({ hosting: { by: 'peer', principles: ['10'], within: 'soon' }, whenMissing: 'warn' })).toMatchObject({ ok: false });
  });
});

describe('a judgement', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const [riverbourne, glanafon, assessIt] = ['riverbourne', 'glanafon', 'assess-it'].map((id) => bodyNamed(id, id)) as [Named, Named, Named];
  type Named = ReturnType<typeof bodyNamed>;
  const known: KnownSigners = { bodies: [riverbourne, glanafon], assessors: [{ id: 'assess-it', name: assessIt.name, keys: assessIt.keys, accreditations: [], linkedTo: [] }] };
  const judged: Judged = { name: 'https://share.riverbourne.example', digest: { sha256: 'a'.repeat(64) }, owners: ['riverbourne'] };
  const signed = (by: Named, changes: Partial<Assessment> = {}, sha256 = 'a'.repeat(64)): Envelope => signAssessment([{ name: judged.name, digest: { sha256 } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', findings: [{ principle: '10', result: 'met', how: 'tested' }], ...changes }, by.signer);
  const policy = readOf('hosting: third party for principles 10 within 400 days');
  const ends = (...envelopes: readonly Envelope[]): readonly string[] => hostingEnds(policy, judged, envelopes, known, now).map(({ en }) => en);
  function readOf(words: string): AssurancePolicy { return read(words) as AssurancePolicy; }

  it('tells principle by principle who found what, how much their word is worth, until when, and what is said against it', () => {
    const told = tellAssurance(computeAssurance(judged, [signed(riverbourne), signed(assessIt, { findings: [{ principle: '10', result: 'partly-met', how: 'tested' }], counterClaims: [{ principle: '10', text: 'Mended in July.' }] }), signed(glanafon, { findings: [{ principle: '2', result: 'not-met', how: 'reviewed' }] })], known, now));
    expect(told.map(({ en }) => en)).toEqual([
      'Principle 2 (Asset protection and resilience): not met, found by glanafon (another body) on 2026-06-01, good until 2027-05-31.',
      'Principle 10 (Identity and authentication): met, found by riverbourne (their own word) on 2026-06-01, good until 2027-05-31.',
      'Principle 10 (Identity and authentication): met in part, found by assess-it (independent) on 2026-06-01, good until 2027-05-31.',
      'Principle 10 (Identity and authentication): against what assess-it found it is said: Mended in July.',
    ]);
    expect(told.every(({ cy }) => /egwyddor \d+ \(/.test(cy))).toBe(true);
  });
  it('says that what was found was found of something else than runs', () => {
    const drifted = [signed(assessIt, {}, 'b'.repeat(64))];
    expect(tellAssurance(computeAssurance(judged, drifted, known, now))[0]?.en).toContain('assess-it (their own word, before it was changed)');
    expect(hostingGaps(policy, judged, drifted, known, now)).toHaveLength(1);
    expect(ends(...drifted)).toEqual([]);
  });
  it('warns a month before something ends, by its own day or by the policy’s, and not where somebody else has looked since', () => {
    expect(ends(signed(assessIt))).toEqual([]);
    expect(ends(signed(assessIt, { validUntil: '2026-12-30' }))).toEqual(['Principle 10 (Identity and authentication) is good until 2026-12-30: have it looked at again before that.']);
    expect(ends(signed(assessIt, { validUntil: '2026-12-31' }))).toEqual([]);
    expect(ends(signed(assessIt, { assessedOn: '2025-11-20' }))).toEqual(['Principle 10 (Identity and authentication) is good until 2026-12-25: have it looked at again before that.']);
    expect(ends(signed(assessIt, { validUntil: '2026-12-10' }), signed(assessIt))).toEqual([]);
    expect(ends(signed(glanafon, { validUntil: '2026-12-10' }))).toEqual([]);
  });
  it('warns of a package in the same way', () => {
    const judgedOne = { name: '@riverbourne/parking', version: '1.2.0', sha512: 'c'.repeat(128), reports: [] };
    const of = (validUntil: string): readonly Envelope[] => [signAssessment([{ name: 'pkg:npm/%40riverbourne/parking@1.2.0', digest: { sha512: 'c'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil, findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, glanafon.signer)];
    const demands = readOf('modules: one peer’s review');
    expect(packageEnds(demands, judgedOne, of('2026-12-24'), known, now)).toMatchObject([{ en: 'What was found of @riverbourne/parking 1.2.0 is good until 2026-12-24.' }]);
    expect([packageEnds(demands, judgedOne, of('2027-12-24'), known, now), packageEnds(demands, judgedOne, [], known, now), packageEnds({ }, judgedOne, of('2026-12-24'), known, now)]).toEqual([[], [], []]);
  });
});
