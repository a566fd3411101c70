import { Module } from '@nestjs/common';
import { Secret, register } from '@guildhall/kernel-contract';
import type { Actor, Clock, Installation, OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { MACHINE_CREDENTIALS, defineModule, implement, type MachineCredentials } from '@guildhall/kernel';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { IDENTITY, READ_STAFF } from '@guildhall/identity-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { InMemoryNotifications } from '@guildhall/notifications-contract/testing';
import { CASES, CASE_PERMISSIONS, CASE_TYPE, STANDARD_TEXT, type CasesApi } from '@guildhall/cases-contract';
import { testPothole } from '@guildhall/cases-contract/testing';
import { cases } from '../cases.module';
import { CASE_MESSAGES } from '../telling/templates';

const SECRET = 'not-a-secret-outside-tests';

const credentials: MachineCredentials = {
  authenticate: async (_ctx, clientId, secret) => (secret === SECRET ? { clientId, permissions: clientId === 'weak' ? ['cases.see'] : CASE_PERMISSIONS.map(({ id }) => id) } : undefined),
};

/** A machine's credential: `strong` may do everything, `weak` only look. */
export const credential = (clientId: 'strong' | 'weak'): Secret => new Secret(`${clientId}.${SECRET}`);

/** The kit's pothole, with messages at every step, and an end for reasons that is no decision. */
export const pothole = {
  ...testPothole, openedMessage: 'cases.opened',
  transitions: [...testPothole.transitions, {
    id: 'drop', from: ['ordered'], to: 'refused', title: { en: 'Close without action', cy: 'Cau heb weithredu' }, publicText: { en: 'Nothing to repair. The reasons are below.', cy: 'Dim i’w drwsio. Mae’r rhesymau isod.' },
    reasons: { required: true, public: true, question: { en: 'Why is it not repaired?', cy: 'Pam nad yw’n cael ei drwsio?' } },
  } as const],
  samples: [{ summary: { en: 'Pothole in ((street))', cy: 'Twll yn ((street))' }, question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw e?' }, answer: { en: 'Deeper than a hand', cy: 'Yn ddyfnach na llaw' } }],
};

/** Two councils with cases on one database; identity and notifications are their contracts' fakes. */
export interface CasesApp extends TestApp {
  readonly cases: CasesApi;
  readonly identity: InMemoryIdentity;
  readonly notifications: InMemoryNotifications;
  as(actor: Actor, slug?: string): RequestContext;
  /** An officer's context with what the role may do. */
  officer(name?: string, roles?: readonly string[], officerId?: string): RequestContext;
  officerBrowser(ctx: RequestContext): Promise<Visitor>;
  /** Forgets every case. */
  forget(): Promise<void>;
  newId(): string;
}

export async function startCasesApp(options: { readonly clock?: Clock; readonly modules?: readonly Installation[]; readonly isKit?: boolean } = {}): Promise<CasesApp> {
  const ids = new SeededIds(20261123);
  const identity = new InMemoryIdentity(options.clock ?? new FixedClock(), ids);
  const notifications = new InMemoryNotifications({ templates: [...CASE_MESSAGES] });

  @Module({ providers: [{ provide: InMemoryIdentity, useValue: identity }, { provide: InMemoryNotifications, useValue: notifications }] })
  class FixturesModule {}
  const fixtures = defineModule({
    id: 'fixtures', version: '0.1.0', packageFolder: __dirname, nest: FixturesModule, permissions: [READ_STAFF],
    provides: options.isKit ? [] : [implement(IDENTITY, InMemoryIdentity), implement(NOTIFICATIONS, InMemoryNotifications)],
    registers: [
      register(MACHINE_CREDENTIALS, credentials), register(CASE_TYPE, options.isKit ? testPothole : pothole),
      register(STANDARD_TEXT, { id: 'kit.engineer', title: 'Engineer comes', use: ['update'], text: { en: 'An engineer will look at it[[ by ((dueOn))]]. Quote ((reference)).', cy: 'Bydd peiriannydd yn edrych arno[[ erbyn ((dueOn))]]. Dyfynnwch ((reference)).' } }),
      register(STANDARD_TEXT, { id: 'kit.shallow', title: 'Too shallow', use: ['reasons'], transitions: ['refuse'], text: { en: 'It is too shallow.', cy: 'Mae’n rhy fas.' } }),
    ],
  });
  const modules = [cases(), fixtures(), ...(options.modules ?? [])];
  const app = await startTestApp({ councils: [testCouncilDefinition('testham', 1, modules), testCouncilDefinition('elsewhere', 2, modules)], ...(options.clock && { clock: options.clock }) });
  const as = (actor: Actor, slug?: string): RequestContext => app.context(slug, { actor });
  return Object.assign(app, {
    identity, notifications, as, cases: app.get<CasesApi>(CASES.token), newId: () => ids.uuid(),
    officer: (name = 'Sam Officer', roles: readonly string[] = ['case-officer'], officerId: string = ids.uuid()) => as({ kind: 'officer', officerId: officerId as OfficerId, name, roles, teams: ['streets'], permissions: app.permissionsOf(roles) }),
    officerBrowser: (ctx: RequestContext) => {
      if (ctx.actor.kind !== 'officer') throw new Error('Only officers have a desk.');
      const { officerId, name, roles, teams } = ctx.actor;
      return app.officerVisitor({ officerId, name, roles, teams });
    },
    forget: async () => { await app.owner.query('truncate cases."case", cases.timeline_entry, cases.search_word, kernel.idempotency, kernel.event, kernel.audit, kernel.waiting_job'); },
  });
}

/** @internal */
export const personId = (id: string): PersonId => id as PersonId;
