import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvidencePack } from '@guildhall/assurance-contract';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { EVIDENCE, NCSC_PRINCIPLES, register, type EvidencePack } from '@guildhall/kernel-contract';
import { Controller, Get, Module } from '@nestjs/common';
import { Client } from 'pg';
import { installCouncils } from '../../assembling/installed-council';
import { defineModule } from '../../assembling/define-module';
import { migrate } from '../../data/migrate';
import { schemaParts } from '../../guildhall.module';
import { Public, Requires } from '../../http/access';
import { KeptLog, testCouncilDefinition } from '../../testing';
import { FAILED_QUEUE, WORK_QUEUE } from '../../working/worker';
import { evidence, type EvidenceAsked } from './evidence';

const READ_BELLS = { id: 'ringing.read', title: { en: 'Read bells', cy: 'Darllen clychau' }, roles: ['adviser'] } as never;
@Controller()
class BellController {
  @Get('bells') @Requires(READ_BELLS)
  bells(): string { return 'ding'; }
  @Get('bell') @Public()
  bell(): string { return 'dong'; }
}
@Module({ controllers: [BellController] })
class RingingModule {}
const ringing = defineModule<object>({
  id: 'ringing', version: '0.1.0', packageFolder: __dirname, nest: RingingModule, permissions: [READ_BELLS],
  registers: [
    register(EVIDENCE, { id: 'ringing.evidence', evidence: () => Promise.resolve([{ id: 'ringing.rope', principles: ['5'], how: 'measured' as const, state: 'shown' as const, text: 'The <b>rope</b> is whole.' }]) }),
    register(EVIDENCE, { id: 'ringing.broken', evidence: () => Promise.reject(new Error('secret words of a far end')) }),
  ],
});
const riverbourne = testCouncilDefinition('riverbourne', 1, [ringing({})]);
const KEY = Buffer.alloc(32, 7).toString('base64');

describe('what a deployment shows of itself', () => {
  let database: TestDatabase;
  let folder: string;
  const councils = installCouncils([riverbourne], {}, { port: 4999, isDevelopment: true });
  const sees = (asked: Partial<EvidenceAsked> = {}, settings: Readonly<Record<string, string>> = {}): Promise<{ readonly text: string; readonly isFaultless: boolean }> => evidence(councils, {
    databaseUrl: database.appUrl, dataFolder: folder, isDevelopment: true, port: 4999, settings: { METRICS_TOKEN: 'token-that-nobody-may-see', ...settings }, parts: schemaParts(councils), now: new Date(),
  }, { asJson: false, ...asked });
  const pack = async (asked: Partial<EvidenceAsked> = {}, settings: Readonly<Record<string, string>> = {}): Promise<EvidencePack> => JSON.parse((await sees({ asJson: true, ...asked }, settings)).text) as EvidencePack;
  const states = ({ evidence }: EvidencePack): Record<string, string> => Object.fromEntries(evidence.map(({ id, state }) => [id, state]));
  const ask = async (text: string): Promise<void> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  beforeAll(async () => {
    database = await startTestDatabase();
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'evidence-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is not gathered of a database that lacks migrations', async () => {
    await expect(sees()).rejects.toThrow(/The database lacks kernel 001-kernel.* Run "migrate" first\./);
    await migrate({ migrateUrl: database.url, appUrl: database.appUrl, parts: schemaParts(councils), log: new KeptLog(), queues: [FAILED_QUEUE, WORK_QUEUE] });
  });

  it('is a document of the stated schema: measured in the database, in the answers, in the configuration, and by each module', async () => {
    const shown = await pack();
    expect(openEvidencePack(shown)).toEqual({ ok: true, value: { pack: shown, digest: expect.stringMatching(/^sha256:/) as string } });
    expect(states(shown)).toMatchObject({
      'kernel.row-level-security': 'shown', 'kernel.nothing-without-a-council': 'shown', 'kernel.database-login': 'shown', 'kernel.database-connection': 'shown', 'kernel.migrations': 'shown', 'kernel.audit-only-grows': 'shown',
      'kernel.headers': 'shown', 'kernel.unknown-host': 'shown', 'kernel.closed-routes': 'shown', 'kernel.rate-limit': 'shown', 'kernel.logs-without-people': 'shown', 'kernel.tls': 'fault', 'kernel.production': 'fault',
      'ringing.rope': 'shown', 'ringing.broken': 'missing', 'told.backups': 'missing', 'kernel.advisories': 'missing',
    });
    expect(shown.evidence.find(({ id }) => id === 'kernel.permissions')?.facts).toMatchObject({ adviser: ['ringing.read'] });
    expect(shown.evidence.find(({ id }) => id === 'kernel.closed-routes')?.facts).toEqual({ routes: 1 });
  });

  it('says what is not as it should be, and is not faultless', async () => {
    await ask('create table kernel.lies_open (council_id uuid primary key); grant select on kernel.lies_open to guildhall_app; insert into kernel.lies_open values (gen_random_uuid()); grant update on kernel.audit to guildhall_app');
    await writeFile(join(folder, 'master.key'), Buffer.alloc(32));
    await chmod(join(folder, 'master.key'), 0o644);
    const shown = await pack();
    await ask('drop table kernel.lies_open; revoke update on kernel.audit from guildhall_app');
    await chmod(join(folder, 'master.key'), 0o600);
    const text = (id: string): string | undefined => shown.evidence.find((one) => one.id === id && one.state === 'fault')?.text;
    expect(text('kernel.row-level-security')).toContain('kernel.lies_open lacks forced row-level security');
    expect(text('kernel.nothing-without-a-council')).toContain('rows of kernel.lies_open can be read');
    expect(text('kernel.audit-only-grows')).toContain('UPDATE');
    expect(text('kernel.master-key')).toContain('chmod 600');
    expect((await sees()).isFaultless).toBe(false);
  });

  it('takes what somebody tells of what no program sees, and says that it was told', async () => {
    const [told, audit, wrong] = ['told.json', 'audit.json', 'wrong.json'].map((name) => join(folder, name)) as [string, string, string];
    await writeFile(told, JSON.stringify({ backups: { text: 'Every night; restored on 1 October.', on: '2026-10-01' } }));
    await writeFile(audit, JSON.stringify({ metadata: { vulnerabilities: { low: 2, high: 1, critical: 0 } } }));
    await writeFile(wrong, JSON.stringify({ weather: { text: 'Fine.', on: '2026-10-01' } }));
    const shown = await pack({ told, audit });
    expect(shown.evidence.find(({ id }) => id === 'told.backups')).toMatchObject({ how: 'told', state: 'shown', facts: { on: '2026-10-01' } });
    expect(shown.evidence.find(({ id }) => id === 'kernel.advisories')).toMatchObject({ how: 'told', state: 'fault', text: '1 component has a grave advisory against it: see npm audit.' });
    await expect(sees({ told: wrong })).rejects.toThrow('What is told of weather cannot be taken.');
    await expect(sees({ of: 'elsewhere' })).rejects.toThrow('--council is one of riverbourne');
  });

  it('can be read by people, principle by principle, with what is missing said as missing; and holds no secret', async () => {
    const { text: said } = await sees({}, { GUILDHALL_KEY: KEY });
    for (const [number, { en }] of Object.entries(NCSC_PRINCIPLES)) expect(said).toContain(`## ${number}. ${en}\n\n- **`);
    expect(said).toContain('**MISSING**: Nobody has told how often backups are made');
    expect(said).toContain('The \\<b\\>rope\\</b\\> is whole.');
    const everything = said + JSON.stringify(await pack({}, { GUILDHALL_KEY: KEY }));
    for (const secret of [KEY, 'token-that-nobody-may-see', 'secret words of a far end', new URL(database.appUrl).password || 'postgres://']) expect(everything).not.toContain(secret);
  });
});
