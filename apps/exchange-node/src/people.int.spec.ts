import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signAssessment } from '@guildhall/assurance-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, type Answer, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, signAgreement, type Agreement } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { Agreements, AsksExchange, Choices, Links, OwnNode, Peers } from '@guildhall/sharing/testing';
import { exchangeNode } from './node-config';
import { erasePerson } from './people/erase-person';

const [COUNCIL, TRUST] = ['riverbourne', 'aldermoor-care-trust'] as const;
const PERSON = '01990000-0000-7000-8000-0000000000e1';
const PAGE = '/desk/sharing/people';
const RUNNING = 'a'.repeat(64);
const wordsOf = ({ text }: Pick<Answer, 'text'>): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? text).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('somebody whom a node knows by the id of a register', () => {
  let folder: string;
  let app: TestApp;
  let agreement: Agreement;
  let [council, trust]: RequestContext[] = [];
  const clock = new FixedClock('2026-11-22T13:00:00Z');
  const assessor = bodyNamed('assess-it', 'Assess It');
  const ctxOf = (slug: string): RequestContext => (slug === COUNCIL ? council : trust) as RequestContext;

  beforeAll(async () => {
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'node-people-'));
    const drop = join(folder, 'care.csv');
    await writeFile(drop, `id,a1,pc,ctr\n${['P-1042', 'P-1043', 'P-1044'].map((id) => `${id},1 Canary Row,ZZ99 1AA,Y\n`).join('')}`);
    await utimes(drop, new Date('2026-11-22T02:00:00Z'), new Date('2026-11-22T02:00:00Z'));
    const files = await Promise.all([COUNCIL, TRUST].map(async (body, at) => {
      const file = join(folder, `${body}.json`);
      await writeFile(file, JSON.stringify({
        id: `01990000-0000-7000-8000-0000000000d${at + 1}`, body, name: { en: body, cy: body }, logOrigin: `${body}.example/log`, keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england', officers: { kind: 'practice' },
        contact: { telephone: '01632 960000', email: `data@${body}.example`, address: '1 Care Lane' }, assessors: [{ id: assessor.id, name: assessor.name, keys: assessor.keys, accreditations: [], linkedTo: [] }],
        ...(body === TRUST && { sources: [{ kind: 'csv', folder, file: 'care.csv', columns: { source: 'care-register', localId: 'id', attributes: { 'address.current': { lines: ['a1'], postcode: 'pc' }, 'council-tax-reduction.receives': { column: 'ctr' } } } }] }),
      }));
      return file;
    }));
    app = await startTestApp({ councils: files.map((file) => exchangeNode(file)), clock });
    [council, trust] = [app.systemContext(COUNCIL), app.systemContext(TRUST)];
    const node = app.get(OwnNode);
    const bodies = [node.body(ctxOf(COUNCIL)), node.body(ctxOf(TRUST))] as const;
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(bodies.map(({ id, name }) => [id, name])) };
    agreement = agreementBetween(...bodies, words);
    const envelope = signAgreement(agreement, node.signer(ctxOf(TRUST)), signAgreement(agreement, node.signer(ctxOf(COUNCIL))));
    for (const [ctx, peer] of [[ctxOf(COUNCIL), bodies[1]], [ctxOf(TRUST), bodies[0]]] as const) {
      const assessed = signAssessment([{ name: peer.endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessor.signer);
      await app.get(Peers).pin(ctx, { body: peer, running: RUNNING, assessments: [assessed] });
      expect(await app.get(Agreements).keep(ctx, envelope, [peer])).toMatchObject({ ok: true });
    }
    // Takes the nightly file.
    await app.visitor(TRUST).get('/sharing/body');
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Links them, lets them choose, and asks about them. */
  async function share(id: string, person: string): Promise<void> {
    const { pairwise, subjectKey } = await app.get(Links).add(ctxOf(COUNCIL), { peerId: TRUST, localId: person, provenBy: 'in-person' });
    await app.get(Links).add(ctxOf(TRUST), { peerId: COUNCIL, localId: id, provenBy: 'in-person', pairwise });
    await app.get(Choices).choose(ctxOf(COUNCIL), { localId: person, subjectKey, agreementId: agreement.id, state: 'given', at: clock.now(), scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' });
    await app.drainJobs();
    clock.advance(61);
    const told = await app.get(AsksExchange).ask(ctxOf(COUNCIL), { agreementId: agreement.id, holder: TRUST, localId: person, attributes: agreement.attributes, because: 'Garden waste application RB-7K3F-92QD', by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } });
    if (!told.ok) throw new Error(JSON.stringify(told.refusal));
  }
  /** Where the id still stands, in any table. */
  const rowsOf = async (id: string): Promise<readonly string[]> => {
    const { rows } = await app.owner.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`);
    return (await Promise.all(rows.map(async ({ name }) => (await app.owner.query<{ text: string }>(`select t::text as text from ${name} t where t::text like $1`, [`%${id}%`])).rows.map(() => name)))).flat();
  };
  const officer = (role: string): Promise<Visitor> => app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: [role] }, TRUST);
  const managerAtPage = async (): Promise<Visitor> => {
    const manager = await officer('team-manager');
    await manager.get(PAGE);
    return manager;
  };
  const lastEntries = async (slug: string): Promise<readonly string[]> => (await app.owner.query<{ kind: string }>(`select leaf::jsonb ->> 'kind' as kind from sharing.entry where council_id = $1 order by index desc limit 2`, [ctxOf(slug).council.id])).rows.map(({ kind }) => kind);

  it('is found by whoever manages agreements alone, and the id stands in no address', async () => {
    const reader = await officer('case-officer');
    expect([(await app.visitor(TRUST).request(PAGE)).status, (await reader.request(PAGE)).status]).toEqual([303, 403]);
    const manager = await officer('team-manager');
    const page = await manager.get(PAGE);
    expect(page.text).toContain(`href="${PAGE}"`);
    for (const id of ['', ' ', 'x'.repeat(201)]) expect(wordsOf(await manager.post(PAGE, { id }))).toContain('Enter the id, of up to 200 characters');
    expect(wordsOf(await manager.post(PAGE, { id: '"><b>NOBODY</b> \' or 1=1' }))).toContain('Nothing of this kind');
  });

  it('gets a copy for machines and one to be read, in their language', async () => {
    await share('P-1042', PERSON);
    const manager = await managerAtPage();
    const shown = await manager.post(PAGE, { id: ' P-1042 ' });
    expect(wordsOf(shown)).toMatch(/What is kept of P-1042 .*marks in our log It is erased .*Your choice: Concessions for garden waste It is kept, because it proves what you have chosen/);
    const json = await manager.request(`${PAGE}/copy`, { method: 'POST', form: { id: 'P-1042', format: 'json', language: 'en' } });
    expect(json.headers['content-type']).toContain('application/json');
    const copy = json.json<{ personId: string; sections: readonly { id: string; records: readonly { id: string }[] }[] }>();
    expect([copy.personId, copy.sections.map(({ id }) => id)]).toEqual(['P-1042', ['sharing.sharing', 'sharing.corrections', 'sharing.registers']]);
    expect(copy.sections[2]?.records).toMatchObject([{ id: expect.stringMatching(/^register\/csv-drop/), facts: [{ value: '1 Canary Row, ZZ99 1AA' }, { value: true }] }]);
    expect(copy.sections[0]?.records.map(({ id }) => id.split('/')[0])).toEqual(expect.arrayContaining(['key', 'link', 'choice']));
    const pdf = await manager.request(`${PAGE}/copy`, { method: 'POST', form: { id: 'P-1042', format: 'pdf', language: 'cy' } });
    expect([pdf.headers['content-type'], pdf.text.slice(0, 5), pdf.text.trimEnd().endsWith('%%EOF'), pdf.text.includes('/Lang (cy-GB)')]).toEqual(['application/pdf', '%PDF-', true, true]);
  });

  it('is erased after a second press, the key last: their id is in no row but that of what they chose, by its day, and the other body has its entry', async () => {
    const manager = await managerAtPage();
    expect(wordsOf(await manager.post(`${PAGE}/erase`, { id: 'P-1042' }))).toContain('Erase what is kept of P-1042?');
    expect(await rowsOf('P-1042')).toEqual(expect.arrayContaining(['sharing.link', 'sharing.subject_key']));
    expect(wordsOf(await manager.post(`${PAGE}/erase`, { id: 'P-1042', confirmed: 'yes' }))).toMatch(/Erased [1-9]\d* things were erased\. .*What the law keeps Your choice/);
    await app.drainJobs();
    expect(await rowsOf('P-1042')).toEqual(['sharing.choice']);
    const { rows: [kept] } = await app.owner.query<{ at: Date }>(`select at from sharing.choice where local_id = 'P-1042'`);
    expect(kept?.at.toISOString()).toMatch(/^2026-11-22T00:00:00\.\d{3}Z$/);
    expect(await lastEntries(COUNCIL)).toEqual(['unlinked', 'erased']);
    expect((await app.owner.query('select from sharing.link')).rowCount).toBe(0);
    const { rows } = await app.owner.query<{ action: string; detail: object }>(`select action, detail from kernel.audit where action like 'node-people.%' order by audit_id`);
    expect(rows.map(({ action }) => action.slice(12))).toEqual(['looked-at', 'looked-at', 'copied', 'copied', 'erasure-begun', 'erased']);
    expect(JSON.stringify([app.log.lines, rows])).not.toContain('P-1042');
  });

  it('is erased by the command of a node without a desk', async () => {
    await share('P-1043', PERSON.replace('e1', 'e2'));
    expect(await erasePerson.run({ get: app.get } as never, ctxOf(TRUST), 'P-1043')).toMatch(/^XN-.*: \d+ records? erased, 1 kept\. .*\n {2}kept: Your choice/);
    await app.drainJobs();
    expect(await rowsOf('P-1043')).toEqual(['sharing.choice']);
    expect(await lastEntries(COUNCIL)).toEqual(['unlinked', 'erased']);
  });

  it('is erased with what came in meanwhile, by whatever clock', async () => {
    await share('P-1044', PERSON.replace('e1', 'e3'));
    // When all else is gone something more is there.
    await app.owner.query(`
      create function sharing.comes_late() returns trigger language plpgsql as $$ begin
        insert into sharing.dispute (council_id, local_id, attribute, raised_at, raised_by) values (old.council_id, old.local_id, 'address.current', '2026-11-22T13:00:00.123456Z', 'resident'); return null;
      end $$;
      create trigger comes_late after delete on sharing.subject_key for each row execute function sharing.comes_late()`);
    const said = await erasePerson.run({ get: app.get } as never, ctxOf(TRUST), 'P-1044');
    await app.owner.query('drop function sharing.comes_late cascade');
    expect(said).toMatch(/1 kept\. .*\n {2}kept: Your choice[^\n]*$/);
    await app.drainJobs();
    expect(await rowsOf('P-1044')).toEqual(['sharing.choice']);
  });
});
