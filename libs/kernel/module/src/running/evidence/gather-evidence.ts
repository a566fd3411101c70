import path from 'node:path';
import type { Evidence, EvidencePack } from '@guildhall/kernel-contract';
import type { Councils, InstalledCouncil } from '../../assembling/installed-council';
import { Database } from '../../data/database';
import type { SchemaPart } from '../../data/migrate';
import type { ProcessOptions } from '../../guildhall.module';
import { FailedWork } from '../../working/failed-work';
import { contextOfJob, systemPermissions } from '../../working/work-plan';
import { checkConnections } from '../check-providers';
import { createApp } from '../run-council';
import { componentsEvidence } from './components-evidence';
import { configuredEvidence, modulesEvidence } from './configured-evidence';
import { databaseEvidence } from './database-evidence';
import { found } from './found';
import { httpEvidence } from './http-evidence';
import { KeepsLines } from './keeps-lines';
import { tlsEvidence } from './tls-evidence';
import { toldEvidence } from './told-evidence';

/** What evidence is gathered with, besides what the app runs with. */
export interface Gathering extends ProcessOptions {
  readonly parts: readonly SchemaPart[];
  readonly now: Date;
  /** What whoever looks after it has said, and what `npm audit --json` found. */
  readonly told?: unknown;
  readonly audit?: unknown;
}

/** Looks at a running deployment as an assessor would begin to: the database, the answers, the address, the configuration, and what each module shows. It changes nothing. */
export async function gatherEvidence(councils: Councils, { slug, council, installations }: InstalledCouncil, options: Gathering): Promise<EvidencePack> {
  const log = new KeepsLines();
  const settings = options.settings ?? process.env;
  const told = toldEvidence(options.told);
  const [database, tls] = await Promise.all([databaseEvidence(options.databaseUrl, options.parts), tlsEvidence(council.origin, options.now)]);
  const { digest, evidence: components } = componentsEvidence(path.dirname(path.resolve(process.argv[1] ?? '.')), options.audit);
  const app = await createApp(councils, { ...options, log });
  try {
    await app.init();
    const ctx = contextOfJob(council, 'evidence', systemPermissions(installations.values()), { correlationId: 'evidence', language: council.languages[0] });
    const http = await httpEvidence(app, council.origin, log);
    const connections = await checkConnections(ctx);
    const failed = await app.get(FailedWork).count();
    const [kept] = await app.get(Database).query<{ entries: string; first: Date | null }>(ctx, 'select count(*)::text as entries, min(at) as first from kernel.audit where council_id = $1', [council.id]);
    const working: readonly Evidence[] = [
      found('kernel.connections', ['5'], 'measured', connections.filter(({ ok }) => !ok).map(({ provider }) => `${provider} is not as it should be: see node main.js doctor.`), `Each of the ${connections.length} connections to other systems is as it should be.`, { connections: connections.map(({ provider }) => provider) }),
      found('kernel.failed-work', ['5'], 'measured', failed.length ? [`Work has failed for good: ${failed.map(({ kind, count }) => `${kind} (${count})`).join(', ')}.`] : [], 'No work has failed for good.'),
      found('kernel.audit-trail', ['13'], 'measured', [], 'What officers, jobs and systems did stands in the audit trail, written in the same transaction as what they did.', { entries: Number(kept?.entries ?? 0), ...(kept?.first && { since: kept.first.toISOString().slice(0, 10) }) }),
    ];
    const evidence = [...tls, ...database, ...http, ...configuredEvidence(ctx, { settings, dataFolder: path.resolve(options.dataFolder ?? '.guildhall'), isDevelopment: councils.isDevelopment }), ...working, ...(await modulesEvidence(ctx)), ...components, ...told];
    return { format: 1, standard: 'ncsc-csp', at: options.now.toISOString(), council: { slug, origin: council.origin }, node: process.versions.node, modules: [...installations.values()].map(({ id, version }) => ({ id, version })), components: digest, evidence };
  } finally {
    await app.close();
  }
}
