import { componentsDigest, signAssessment } from '@guildhall/assurance-contract';
import type { CouncilReport } from '@guildhall/catalogue-contract';
import { signTrustList, type TrustList } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { InventedCouncil } from '../../test/invented-council';
import { chosen, type Said } from '../command';
import { COMMANDS } from '../commands';

const AT = 'https://share.brackenfield.example/sharing';
type Named = ReturnType<typeof bodyNamed>;
const [region, assessIt, supplier] = ['north-region', 'assess-it', 'host-it'].map((id) => bodyNamed(id, id)) as [Named, Named, Named];
const LIST: TrustList = { id: 'north', by: region.id, serial: 1, issued: '2026-11-01T00:00:00Z', expires: '2026-12-31T00:00:00Z', members: [], assessors: [assessIt, supplier].map(({ id, name, keys }) => ({ id, name, keys, accreditations: [], linkedTo: [] })) };
const SETTINGS = { assurance: { file: 'policy.txt' }, lists: [{ file: 'north.json', issuer: 'north-region.json' }], deployment: { at: AT, assessments: 'assessments', suppliers: ['host-it'] } };

let council: InventedCouncil;
beforeEach(() => {
  council = new InventedCouncil({ 'policy.txt': 'hosting: third party for principle 10\notherwise: refuse\n', 'north-region.json': JSON.stringify({ id: region.id, name: region.name, keys: region.keys }), 'assessments/README.md': 'What was found.\n' });
  council.write('guildhall.json', JSON.stringify(SETTINGS));
  listed();
});
afterEach(() => council.forget());

const listed = (changes: Partial<TrustList> = {}, by = region): void => council.write('north.json', JSON.stringify(signTrustList({ ...LIST, ...changes }, by.signer)));
const assessed = (by: Named, components = council.read('package-lock.json'), validUntil = '2027-11-01'): void => council.write('assessments/one.json', JSON.stringify(signAssessment([{ name: AT, digest: { sha256: componentsDigest(Buffer.from(components)) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil, findings: [{ principle: '10', result: 'met', how: 'tested' }] }, by.signer)));
const typed = (): Promise<Said> => chosen(['doctor', '--offline', '--without-app', '--json'], COMMANDS, council.world());
const says = async (subject: string): Promise<readonly string[]> => (JSON.parse((await typed()).out) as CouncilReport).findings.filter((one) => one.subject === subject).map(({ weight, text }) => `${weight}: ${text}`);

describe('guildhall doctor, of where the app is hosted', () => {
  it('goes by the policy, the lists and the assessments that lie in the repository', async () => {
    expect(await says('trust lists')).toEqual(['fine: The list north of north-region (north.json) is good until 2026-12-31.']);
    expect(await says('hosting')).toEqual([expect.stringMatching(/^mend: https:\/\/share\.brackenfield\.example\/sharing: .*10 /)]);
    assessed(assessIt);
    expect(await says('hosting')).toEqual([`fine: ${AT} is what the policy demands of the hosting.`]);
  });
  it('takes for its owner’s word what those say who make and run it, and for another’s what was found of something else', async () => {
    assessed(supplier);
    expect(await says('hosting')).toEqual([expect.stringMatching(/^mend: /)]);
    assessed(assessIt, 'Other components.');
    expect(await says('hosting')).toEqual([expect.stringMatching(/^mend: /)]);
  });
  it('warns where the policy says so, and of what ends soon', async () => {
    council.write('policy.txt', '{"hosting":{"by":"third-party","principles":["10"],"within":"P400D"},"whenMissing":"warn"}');
    expect(await says('hosting')).toEqual([expect.stringMatching(/^advice: /)]);
    assessed(assessIt, undefined, '2026-12-15');
    expect(await says('hosting')).toEqual([expect.stringMatching(/^advice: .* is good until 2026-12-15/), expect.stringMatching(/^fine: /)]);
  });
  it('says of what has ended until when it was good', async () => {
    assessed(assessIt, undefined, '2026-11-29');
    expect(await says('hosting')).toEqual([expect.stringMatching(/^mend: .*Principle 10 \(.*\) was good until 2026-11-29, and nobody has looked at it since\.$/)]);
  });
  it('knows nobody by a list that ended long ago, believes no key that a list calls stolen, and says that a list has ended', async () => {
    assessed(assessIt);
    listed({ expires: '2026-11-20T00:00:00Z' });
    expect([await says('trust lists'), await says('hosting')]).toEqual([[expect.stringMatching(/^mend: .* ended on 2026-11-20\. Fetch the next one: a month later nobody is known by it\.$/)], [expect.stringMatching(/^fine: /)]]);
    listed({ expires: '2026-10-20T00:00:00Z' });
    expect([await says('trust lists'), await says('hosting')]).toEqual([[expect.stringMatching(/^mend: .* nobody is known by it any more/)], [expect.stringMatching(/^mend: /)]]);
    council.write('guildhall.json', JSON.stringify({ ...SETTINGS, assessors: LIST.assessors }));
    expect(await says('hosting')).toEqual([expect.stringMatching(/^fine: /)]);
    listed({ expires: '2026-10-20T00:00:00Z', assessors: LIST.assessors.map((one) => ({ ...one, keys: one.keys.map((key) => ({ ...key, compromisedSince: '2026-10-01T00:00:00Z' })) })) });
    expect(await says('hosting')).toEqual([expect.stringMatching(/^mend: /)]);
  });
  it('says that nobody has said where it is hosted', async () => {
    council.write('guildhall.json', JSON.stringify({ assurance: SETTINGS.assurance }));
    expect(await says('hosting')).toEqual([expect.stringMatching(/^advice: The policy demands something of the hosting, and guildhall\.json does not say where that is/)]);
  });
  it.each([
    ['a list is signed by somebody else', () => listed({}, supplier), 'north.json: The list is not signed by whoever issues it.'],
    ['there is no policy', () => council.write('guildhall.json', JSON.stringify({ assurance: { file: 'none.txt' } })), 'there is no none.txt, in which the policy is to stand.'],
    ['there is no list', () => council.write('guildhall.json', JSON.stringify({ lists: [{ file: 'none.json', issuer: 'north-region.json' }] })), 'there is no none.json.'],
    ['an assessment is none', () => council.write('assessments/two.json', '{}'), 'assessments/two.json: '],
  ])('cannot look when %s', async (_when, make, sentence) => {
    make();
    expect(await typed()).toMatchObject({ code: 2, err: expect.stringContaining(sentence) as string });
  });
});
