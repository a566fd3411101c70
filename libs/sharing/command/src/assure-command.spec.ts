import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { signRunning, type Assessment } from '@guildhall/assurance-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { signTrustList } from '@guildhall/sharing-contract';
import { assureCommand } from './assure-command';
import type { Said, World } from './command';

const now = new Date('2026-11-22T13:00:00Z');
const [region, assessIt, supplier, aldermoor] = ['north-region', 'assess-it', 'host-it', 'aldermoor'].map((id) => bodyNamed(id, id)) as [Named, Named, Named, Named];
type Named = ReturnType<typeof bodyNamed>;
const { signer: _signer, ...body } = { ...aldermoor, endpoint: 'https://share.aldermoor.example/sharing', suppliers: ['host-it'] };
const findings: Omit<Assessment, 'standard'> = { assessedOn: '2026-06-01', validUntil: '2027-05-31', findings: ['1', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) };
const COMPONENTS = '{"packages":{}}';
const list = { id: 'north', by: region.id, serial: 1, issued: '2026-11-01T00:00:00Z', expires: '2026-12-01T00:00:00Z', members: [], assessors: [assessIt, supplier].map(({ id, name, keys }) => ({ id, name, keys, accreditations: ['CHECK'], linkedTo: [] })) };
const pem = ({ signer }: Named): string => signer.key.export({ format: 'pem', type: 'pkcs8' }).toString();

/** One file of a tar archive (POSIX.1-1988 ustar). */
function tarred(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\0', 257);
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)]);
}
const packed = (manifest: object, reports: Readonly<Record<string, object>> = {}): Buffer => gzipSync(Buffer.concat([tarred('package/dist/index.js', 'x'.repeat(700)), tarred('package/package.json', JSON.stringify(manifest)), ...Object.entries(reports).map(([name, report]) => tarred(`package/${name}`, JSON.stringify(report))), Buffer.alloc(1024)]));
const manifest = { name: '@riverbourne/parking-provider', version: '1.2.0', guildhall: { kind: 'provider', owner: 'Host It', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] } };
const report = (result: string, more: object = {}): object => ({ kit: 'payments.payment-provider', contract: 'payments', implementation: manifest.name, ...more, results: [{ id: 'PAY-001', result: 'passed' }, { id: 'PAY-002', result }, { id: 'PAY-003', result: 'not-applicable' }] });

const files = new Map<string, string | Buffer>([
  ['several.tgz', packed(manifest, { 'conformance.json': report('passed', { implementation: `${manifest.name} officers` }) })], ['borrowed.tgz', packed(manifest, { 'conformance.json': report('passed', { implementation: '@elsewhere/parking-provider' }) })], ['other.tgz', packed(manifest, { 'conformance.json': report('passed', { kit: 'lamps.lamp', contract: 'lamps' }) })],
  ['good.tgz', packed(manifest, { 'conformance.json': report('passed') })], ['failing.tgz', packed(manifest, { 'conformance.json': report('failed') })], ['bare.tgz', packed({ ...manifest, guildhall: { kind: 'provider' } })], ['none.tgz', 'no archive'], ['empty.tgz', gzipSync(Buffer.alloc(1024))],
  ['findings.json', JSON.stringify(findings)], ['wrong-findings.json', '{"findings":[]}'], ['components.json', COMPONENTS], ['assess-it.pem', pem(assessIt)], ['host-it.pem', pem(supplier)],
  ['list.json', JSON.stringify(signTrustList(list, region.signer))], ['issuer.json', JSON.stringify({ keys: region.keys })], ['policy.json', JSON.stringify({ hosting: { by: 'accredited', principles: ['1'], within: 'P400D' }, modules: { except: ['@riverbourne/*'] }, whenMissing: 'refuse' })],
]);
const served: Record<string, unknown> = {};
const world: World = { read: (file) => { const found = files.get(file); return found === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(Buffer.from(found)); }, fetch: (url) => Promise.resolve(served[url]), now };
const run = (line: string): Promise<Said> => assureCommand(line.split(' '), world);
const sign = async (into: string, by: 'assess-it' | 'host-it', what: string): Promise<void> => { const { code, out, err } = await run(`sign ${what} --findings findings.json --key ${by}.pem --keyid ${by}#2026-1`); expect({ code, err }).toEqual({ code: 0 }); files.set(into, out); };
const LIST = '--list list.json --issuer issuer.json';

describe('assure, of a package', () => {
  it('is enough when its kit is passed and somebody independent has looked at it', async () => {
    await sign('good.json', 'assess-it', 'good.tgz');
    expect(await run(`check good.tgz --assessment good.json ${LIST}`)).toEqual({ code: 0, out: [
      'It is what is demanded.', '', 'What is demanded:', '  hosting: third party for all principles within 400 days', '  modules: kit passed and one third party’s review', '  otherwise: refuse', 'What was found, by whom:',
      '  Principle 1 (Data in transit protection): met, found by assess-it (accredited) on 2026-06-01, good until 2027-05-31.', '  Principle 10 (Identity and authentication): met, found by assess-it (accredited) on 2026-06-01, good until 2027-05-31.', '',
    ].join('\n') });
  });
  it('says what is missing, in both languages and for programs', async () => {
    expect(await run(`check good.tgz ${LIST}`)).toEqual({ code: 1, out: expect.stringMatching(/^@riverbourne\/parking-provider 1\.2\.0 has not been looked at by somebody independent\.\n\n[^]*Nothing by anybody whose word counts here\.\n$/) });
    expect((await run(`check good.tgz --language cy ${LIST}`)).out).toContain('Nid edrychwyd ar @riverbourne/parking-provider 1.2.0');
    expect(JSON.parse((await run(`check good.tgz --json ${LIST}`)).out)).toMatchObject({ ok: false, missing: [{ en: expect.any(String) }] });
  });
  it('is its owner’s word when whoever keeps it has signed, accredited or not', async () => {
    await sign('own.json', 'host-it', 'good.tgz');
    expect(await run(`check good.tgz --assessment own.json ${LIST}`)).toEqual({ code: 1, out: expect.stringMatching(/^@riverbourne\/parking-provider 1\.2\.0 has only been looked at by its owner\.\n/) });
  });
  it('was looked at in another state when a byte of it differs', async () => {
    await sign('good.json', 'assess-it', 'good.tgz');
    expect((await run(`check failing.tgz --assessment good.json ${LIST}`)).out).toMatch(/^@riverbourne\/parking-provider 1\.2\.0 has not passed PAY-002 of payments\.payment-provider\.\n@riverbourne\/parking-provider 1\.2\.0 was looked at in another version\.\n/);
    for (const file of ['bare.tgz', 'borrowed.tgz']) expect((await run(`check ${file} ${LIST}`)).out).toContain('brings no report that it has passed its kit');
    expect((await run(`check several.tgz ${LIST}`)).out).toMatch(/^@riverbourne\/parking-provider 1\.2\.0 has not been looked at/);
    expect((await run(`check other.tgz ${LIST}`)).out).toContain('brings no report of a kit for payments.payment-provider, which it provides.');
  });
  it('is asked for in the words in which the council decided on it', async () => {
    files.set('policy.txt', 'modules: kit passed and one peer’s review\notherwise: warn');
    await sign('good.json', 'assess-it', 'good.tgz');
    expect(JSON.parse((await run(`check good.tgz --json --policy policy.txt --assessment good.json ${LIST}`)).out)).toMatchObject({ ok: true, ends: [], policy: { modules: { reviewedBy: 'peer' }, whenMissing: 'warn' }, found: [{ en: expect.any(String) as string }, {}] });
    files.set('policy.txt', 'modules: kit passed and one friend’s review');
    expect(await run('check good.tgz --policy policy.txt')).toMatchObject({ code: 2, err: expect.stringContaining('“one friend’s review” is neither') as string });
  });
  it('names the pack in which its evidence was seen', async () => {
    files.set('pack.json', JSON.stringify({ format: 1, standard: 'ncsc-csp', at: '2026-11-20T10:00:00Z', council: { slug: 'riverbourne', origin: 'https://riverbourne.example' }, node: '20.20.2', modules: [], components: null, evidence: [{ id: 'kernel.tls', principles: ['1'], how: 'measured', state: 'shown', text: 'TLS.' }] }));
    const { out } = await run('sign good.tgz --findings findings.json --key assess-it.pem --keyid assess-it#2026-1 --evidence pack.json');
    const { predicate } = JSON.parse(Buffer.from((JSON.parse(out) as { payload: string }).payload, 'base64').toString()) as { predicate: Assessment };
    expect(predicate.findings.map(({ evidence }) => evidence)).toEqual([expect.stringMatching(/^evidence pack of 2026-11-20T10:00:00Z, sha256:[\w-]{43}$/), undefined]);
  });
  it('is not asked of those whom the policy leaves out', async () => { expect((await run('check bare.tgz --policy policy.json')).code).toBe(0); });
});

describe('assure, of a deployment', () => {
  const url = body.endpoint;
  const says = async (running: string): Promise<void> => {
    served[`${url}/body`] = body;
    served[`${url}/assurance`] = { running: signRunning({ body: body.id, endpoint: url, running, at: now.toISOString() }, aldermoor.signer), assessments: [] };
  };
  const running = (envelope: string): string => (JSON.parse(Buffer.from((JSON.parse(envelope) as { payload: string }).payload, 'base64').toString()) as { subject: [{ digest: { sha256: string } }] }).subject[0].digest.sha256;

  it('is judged by what its node says of itself', async () => {
    await sign('deployment.json', 'assess-it', `--deployment ${url} --components components.json`);
    const sha256 = running(String(files.get('deployment.json')));
    expect(sha256).toBe(createHash('sha256').update(COMPONENTS).digest('hex'));
    await says(sha256);
    const check = `check --deployment ${url} ${LIST} --principles 1,10`;
    expect(await run(check)).toMatchObject({ code: 1, out: expect.stringContaining('Principle 10 (Identity and authentication) has not been looked at.') });
    expect(await run(`${check} --assessment deployment.json`)).toMatchObject({ code: 0 });
    expect(await run(`check --deployment ${url} ${LIST} --policy policy.json --assessment deployment.json`)).toMatchObject({ code: 0 });
    await says('b'.repeat(64));
    expect(await run(`${check} --assessment deployment.json`)).toMatchObject({ code: 1, out: expect.stringContaining('was looked at before the system was changed') });
  });
  it('is its own word where the assessor belongs to whoever runs it', async () => {
    await sign('supplier.json', 'host-it', `--deployment ${url} --components components.json`);
    await says(running(String(files.get('supplier.json'))));
    expect((await run(`check --deployment ${url} ${LIST} --principles 10 --assessment supplier.json`)).out).toMatch(/^Principle 10 \(Identity and authentication\) is only self-asserted\.\n/);
  });
  it('is not one that says it is somebody else', async () => {
    served['https://mallory.example/body'] = body;
    expect(await run(`check --deployment https://mallory.example ${LIST}`)).toMatchObject({ code: 2, err: expect.stringContaining(`says that it is at ${url}`) });
  });
});

describe('assure sign', () => {
  const predicateOf = (said: Said): Assessment => (JSON.parse(Buffer.from((JSON.parse(said.out) as { payload: string }).payload, 'base64').toString()) as { predicate: Assessment }).predicate;
  const SIGN = ['sign', 'good.tgz', '--findings', 'findings.json', '--key', 'assess-it.pem', '--keyid', 'assess-it#2026-1'];
  it('says until when it holds, and what is said against it', async () => {
    const said = await assureCommand([...SIGN, '--valid-until', '2026-12-31', '--counter-claim', '10=Keys were changed since.'], world);
    expect(predicateOf(said)).toMatchObject({ validUntil: '2026-12-31', counterClaims: [{ principle: '10', text: 'Keys were changed since.' }] });
  });
  it('signs nothing that has ended, and no claim about nothing', async () => {
    expect(await assureCommand([...SIGN, '--valid-until', '2026-11-21'], world)).toMatchObject({ code: 2, err: expect.stringContaining('It would have ended on 2026-11-21') as string });
    expect(await assureCommand([...SIGN, '--counter-claim', 'No.'], world)).toMatchObject({ code: 2, err: expect.stringContaining('--counter-claim is the number of a principle') as string });
  });
});

describe('assure', () => {
  it.each([
    ['check', 'One file is looked at'], ['check none.tgz', 'is no package as npm packs it'], ['check empty.tgz', 'has no package.json'], ['check missing.tgz', 'cannot be read'], ['check good.tgz --require best', '--require is one of'], ['check good.tgz --principles one', '--principles are numbers'], ['check good.tgz --within long', '--within is a period'],
    ['check good.tgz --list list.json', '--issuer is missing'], ['check good.tgz --assessment findings.json', 'This is not a signed document'], ['check good.tgz --policy findings.json', 'This is not a policy'], ['sign good.tgz --key assess-it.pem --keyid assess-it#1', '--findings is missing'],
    ['sign good.tgz --findings wrong-findings.json --key assess-it.pem --keyid assess-it#1', 'This is not what was found'], ['sign good.tgz --findings findings.json --key assess-it.pem --keyid Assess', '--keyid is a body'], ['sign --deployment https://a.example --findings findings.json --key assess-it.pem --keyid assess-it#1', '--components is missing'], ['toString', 'Usage'],
  ])('%s cannot be done, and it says why', async (line, words) => { expect(await run(line)).toEqual({ code: 2, out: '', err: expect.stringContaining(words) }); });
});
