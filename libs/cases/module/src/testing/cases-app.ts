import { Module } from '@nestjs/common';
import { register, Secret } from '@guildhall/kernel-contract';
import type { Actor, Clock, Installation, RequestContext } from '@guildhall/kernel-contract';
import { MACHINE_CREDENTIALS, defineModule, type MachineCredentials } from '@guildhall/kernel';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { CASE_PERMISSIONS, CASE_TYPE } from '@guildhall/cases-contract';
import { testPothole } from '@guildhall/cases-contract/testing';
import { cases } from '../cases.module';

const SECRET = 'not-a-secret-outside-tests';

const credentials: MachineCredentials = {
  authenticate: async (_ctx, clientId, secret) => (secret === SECRET ? { clientId, permissions: clientId === 'weak' ? ['cases.see'] : CASE_PERMISSIONS.map(({ id }) => id) } : undefined),
};

@Module({})
class FixturesModule {}

/** Credentials for machines, and the kit's case type. */
const fixtures = defineModule({ id: 'fixtures', version: '0.1.0', packageFolder: __dirname, nest: FixturesModule, registers: [register(MACHINE_CREDENTIALS, credentials), register(CASE_TYPE, testPothole)] });

/** A machine's credential: `strong` may do everything, `weak` only look. */
export const credential = (clientId: 'strong' | 'weak'): Secret => new Secret(`${clientId}.${SECRET}`);

/** Two councils with cases, on one database. */
export async function startCasesApp(options: { readonly clock?: Clock; readonly modules?: readonly Installation[] } = {}): Promise<TestApp> {
  const modules = [cases(), fixtures(), ...(options.modules ?? [])];
  return startTestApp({ councils: [testCouncilDefinition('testham', 1, modules), testCouncilDefinition('elsewhere', 2, modules)], ...(options.clock && { clock: options.clock }) });
}

/** A context of one of the two. */
export function contextOf(app: TestApp, actor: Actor, slug?: string): RequestContext {
  return app.context(slug, { actor });
}

/** Forgets every case, so that the next case of a kit begins without any. */
export async function forgetCases(app: TestApp): Promise<void> {
  await app.owner.query('truncate cases."case", cases.timeline_entry, cases.search_word, kernel.idempotency, kernel.event, kernel.audit, kernel.waiting_job');
}
