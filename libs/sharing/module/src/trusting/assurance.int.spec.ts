import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NCSC_CLOUD_PRINCIPLES, signAssessment, signRunning, type Assessment, type AssurancePolicy, type PublishedAssurance } from '@guildhall/assurance-contract';
import { checkConnections } from '@guildhall/kernel';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, type Body, type Envelope } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { RECEIVER, HOLDER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { AssuranceOf } from '../asking/assurance-of';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { sharing } from '../sharing.module';
import { FetchesAssurance } from './fetches-assurance';

const COMPONENTS = JSON.stringify({ packages: { '': { version: '1.0.0' } } });
const RUNNING = createHash('sha256').update(COMPONENTS).digest('hex');
const OTHER = 'b'.repeat(64);
const [assessIt, hostsOwn] = [bodyNamed('assess-it', 'Assess It'), bodyNamed('look-it', 'Look It')];
const assessors = [{ id: assessIt.id, name: assessIt.name, keys: assessIt.keys, accreditations: [], linkedTo: [] }, { id: hostsOwn.id, name: hostsOwn.name, keys: hostsOwn.keys, accreditations: ['CHECK'], linkedTo: ['host-it'] }];
const assessment: Assessment = { standard: NCSC_CLOUD_PRINCIPLES, assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) };
const found = ({ endpoint }: Pick<Body, 'endpoint'>, signer = assessIt.signer, { digest = RUNNING, ...changes }: Partial<Assessment> & { readonly digest?: string; readonly thirdParty?: boolean } = {}): Envelope => signAssessment([{ name: endpoint, digest: { sha256: digest } }], { ...assessment, ...changes }, signer);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'assurance-'));
  await writeFile(path.join(folder, 'components.list'), COMPONENTS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const isFound = (name: string, envelope: Envelope): Promise<void> => writeFile(path.join(folder, `${name}.json`), JSON.stringify(envelope));

describe('what bodies tell each other of their assurance', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({}, {
      options: { [RECEIVER]: { assessors, deployment: { components: path.join(folder, 'components.list'), assessments: folder, suppliers: ['host-it'] } }, [HOLDER]: { assessors } },
      know: (app, ctx, { peer }) => app.get(Peers).pin(ctx, { body: peer }),
    });
    await two.choose('given');
  });
  afterAll(() => two?.close());

  const fetch = (): Promise<void> => two.app.get(FetchesAssurance).run(two.holder);
  const asked = async (): Promise<string> => { const told = await two.ask(); return told.ok ? 'told' : told.refusal.message; };

  it('is nothing before anybody has looked: what is demanded is refused', async () => {
    await fetch();
    expect(await asked()).toMatch(/Principle 10 \(Identity and authentication\) has not been looked at/);
  });
  it('is its own word where it says itself that somebody independent looked', async () => {
    await isFound('own', found(two.bodies.receiver, two.app.get(OwnNode).signer(two.receiver), { thirdParty: true }));
    await fetch();
    expect(await asked()).toMatch(/Principle 10 \(Identity and authentication\) is only self-asserted/);
  });
  it('is its own word where the assessor, accredited as it is, belongs to its supplier', async () => {
    await isFound('supplier', found(two.bodies.receiver, hostsOwn.signer));
    await fetch();
    expect(await asked()).toMatch(/Principle 10 \(Identity and authentication\) is only self-asserted/);
    expect((await two.entries('holder')).at(-1)).toMatchObject({ allow: false, failed: expect.arrayContaining(['assurance']) });
  });
  it('is not enough where something else runs than was looked at', async () => {
    await isFound('drifted', found(two.bodies.receiver, assessIt.signer, { digest: OTHER }));
    await fetch();
    expect(await asked()).toMatch(/was looked at before the system was changed/);
  });
  it('is enough when somebody independent found what runs there, without anybody typing it in', async () => {
    await isFound('right', found(two.bodies.receiver));
    await fetch();
    expect(await asked()).toBe('told');
    expect((await two.app.visitor().get('/sharing/assurance')).json<PublishedAssurance>().assessments).toHaveLength(4);
  });

  describe('by a node that is not as it should be', () => {
    const glanafon = bodyNamed('glanafon', 'Cyngor Glanafon');
    let server: Server;
    let body: Body;
    let served: unknown;
    beforeAll(async () => {
      server = createServer((_request, response) => response.writeHead(served === undefined ? 500 : 200, { 'content-type': 'application/json' }).end(typeof served === 'string' ? served : JSON.stringify(served))).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { signer: _signer, ...known } = glanafon;
      body = { ...known, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sharing` };
      await two.app.get(Peers).pin(two.holder, { body });
      await two.app.owner.query(`insert into sharing.agreement (council_id, agreement_id, version, envelope, document, kept_at) values ($1, 'with-glanafon', 1, '{}', '{"holders": ["glanafon"], "receivers": ["aldermoor"]}', now())`, [two.holder.council.id]);
    });
    afterAll(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    const says = (running: string, assessments: readonly Envelope[], changes: Partial<{ at: string; body: string; signer: typeof glanafon.signer }> = {}): void => {
      served = { running: signRunning({ body: changes.body ?? 'glanafon', endpoint: body.endpoint, running, at: changes.at ?? two.clock.now().toISOString() }, changes.signer ?? glanafon.signer), assessments } satisfies PublishedAssurance;
    };
    const gaps = async (): Promise<readonly string[]> => {
      const peer = await two.app.get(Peers).find(two.holder, 'glanafon');
      return peer ? two.app.get(AssuranceOf).of(two.holder, peer, [{ on: 'deployment', standard: NCSC_CLOUD_PRINCIPLES, principles: ['10'], by: 'third-party', within: 'P400D' }], two.clock.now()).gaps.map(({ en }) => en) : ['unknown'];
    };
    const DRIFTED = ['Principle 10 (Identity and authentication) was looked at before the system was changed.'];

    it('falls at the next fetch when something else runs', async () => {
      says(RUNNING, [found(body)]);
      await fetch();
      expect(await gaps()).toEqual([]);
      says(OTHER, [found(body)]);
      await fetch();
      expect(await gaps()).toEqual(DRIFTED);
      says(RUNNING, []);
      await fetch();
      expect(await gaps()).toEqual([]);
    });
    it.each<readonly [string, () => void, string]>([
      ['an old statement', () => says(OTHER, [], { at: '2026-11-21T13:00:00Z' }), 'not-now'], ['somebody else’s', () => says(OTHER, [], { body: 'riverbourne' }), 'not-theirs'], ['one by another key', () => says(OTHER, [], { signer: assessIt.signer }), 'not-signed'],
      ['no JSON', () => { served = '{'; }, 'malformed'], ['too much', () => { served = ' '.repeat(3 * 1024 * 1024); }, 'unavailable'], ['something else', () => { served = { running: 'a' }; }, 'malformed'], ['an error', () => { served = undefined; }, 'answered-500'],
    ])('stays as it was when the node serves %s', async (_what, happens, fault) => {
      happens();
      two.app.log.lines.length = 0;
      await fetch();
      expect(two.app.log.lines).toContainEqual({ level: 'warn', event: 'sharing.assurance-not-fetched', ids: { council: HOLDER, peer: 'glanafon', fault } });
      expect(await gaps()).toEqual([]);
    });
    it('keeps what speaks against it, when the node shows it no more', async () => {
      says(RUNNING, [found(body, assessIt.signer, { findings: [{ principle: '10', result: 'not-met', how: 'tested' }] })]);
      await fetch();
      says(RUNNING, [found(body)]);
      await fetch();
      expect(await gaps()).toEqual(['Principle 10 (Identity and authentication) was found not to be met.']);
      await two.app.owner.query(`update sharing.peer set assessments = '[]' where council_id = $1 and peer_id = 'glanafon'`, [two.holder.council.id]);
      await fetch();
      expect(await gaps()).toEqual([]);
    });
    it('is not believed any more three days after the node said it last', async () => {
      served = undefined;
      two.clock.advance(72 * 60 * 60 + 1);
      await fetch();
      expect(await gaps()).toEqual(DRIFTED);
    });
  });
});

describe('a hosted deployment', () => {
  const policy: AssurancePolicy = { hosting: { by: 'third-party', principles: ['1', '10'], within: 'P400D' }, modules: { kit: 'passed', reviewedBy: 'peer' }, whenMissing: 'refuse' };
  const origin = 'https://riverbourne.example';
  const start = (demanded: AssurancePolicy | string, own: string): Promise<TestApp> => startTestApp({
    isDevelopment: false, settings: { PUBLIC_ORIGIN: origin, GUILDHALL_KEY: Buffer.alloc(32, 7).toString('base64') },
    councils: [testCouncilDefinition(RECEIVER, 1, [sharing({
      body: RECEIVER, name: { en: 'Riverbourne', cy: 'Riverbourne' }, logOrigin: 'riverbourne.example/log', keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES },
      assessors, deployment: { components: path.join(own, 'components.list'), assessments: path.join(own, 'assessments'), policy: demanded },
    })])],
  });
  const tried = async (demanded: AssurancePolicy | string, own: string): Promise<string> => {
    try {
      const app = await start(demanded, own);
      const said = app.log.lines.filter(({ event }) => event === 'sharing.assurance-missing').length;
      const checked = (await checkConnections(app.systemContext())).find(({ provider }) => provider === 'sharing.assurance');
      await app.close();
      return `starts, warned ${said} times: ${checked?.message ?? ''}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('does not start, or starts with a warning, as the council’s policy says; and says what is missing', async () => {
    const own = await mkdtemp(path.join(folder, 'hosted-'));
    await mkdir(path.join(own, 'assessments'));
    // What is installed lies where its list of components says.
    const module = path.join(__dirname, '../..');
    const folderOfModule = path.relative(own, module);
    const list = JSON.stringify({ packages: { [folderOfModule]: { version: '0.1.0', integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}` } } });
    await writeFile(path.join(own, 'components.list'), list);
    const missing = 'Principle 1 (Data in transit protection) has not been looked at. Principle 10 (Identity and authentication) has not been looked at. @guildhall/sharing 0.1.0 has not been looked at by another body.';
    expect(await tried(policy, own)).toBe(`riverbourne does not run without what its council demands: ${missing}`);
    expect(await tried({ ...policy, whenMissing: 'warn' }, own)).toBe(`starts, warned 3 times: ${missing}`);
    const today = new Date();
    const dates = { assessedOn: new Date(today.getTime() - 864e5).toISOString().slice(0, 10), validUntil: new Date(today.getTime() + 864e6).toISOString().slice(0, 10) };
    await writeFile(path.join(own, 'assessments/hosting.json'), JSON.stringify(found({ endpoint: `${origin}/sharing` }, assessIt.signer, { digest: createHash('sha256').update(list).digest('hex'), ...dates })));
    await writeFile(path.join(own, 'assessments/module.json'), JSON.stringify(signAssessment([{ name: 'pkg:npm/%40guildhall/sharing@0.1.0', digest: { sha512: '01'.repeat(64) } }], { ...assessment, ...dates }, assessIt.signer)));
    expect(await tried(policy, own)).toMatch(/^starts, warned 0 times: What the council demands has been found/);
    // In the words in which it was decided on; and what ends within a month is said before it does.
    expect(await tried('hosting: third party for principles 1, 10\nmodules: kit passed and one peer’s review', own)).toMatch(/^starts, warned 0 times: What the council demands has been found.* Principle 10 \(Identity and authentication\) is good until \d{4}-\d\d-\d\d: have it looked at again before that\. What was found of @guildhall\/sharing 0\.1\.0 is good until/);
    // Whoever publishes it, by what was seen when it was installed, has not reviewed it, whatever it is called.
    await writeFile(path.join(own, 'guildhall.seen.json'), JSON.stringify({ publishers: { northvale: { payload: Buffer.from(JSON.stringify({ id: 'northvale', scopes: ['@guildhall'], linkedTo: [assessIt.id] })).toString('base64') } } }));
    expect(await tried(policy, own)).toContain('@guildhall/sharing 0.1.0 has only been looked at by its owner.');
    expect(await tried('hosting: nobody', own)).toContain('sharing({ deployment: { policy } }) of riverbourne: “hosting: nobody” is no part of a policy');
  });
});
