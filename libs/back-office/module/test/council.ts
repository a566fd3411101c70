import { Injectable, Module } from '@nestjs/common';
import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { InMemoryBackOffice } from '@guildhall/back-office-contract/testing';
import { CASES, CASE_PERMISSIONS, CASE_TYPE, CaseAnswered, CaseMoved, CaseOpened, type CasesApi, type OpenCase, type OpenedCase, type TimelineEntry } from '@guildhall/cases-contract';
import { inMemoryCases, testPothole } from '@guildhall/cases-contract/testing';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { InMemoryDocuments } from '@guildhall/documents-contract/testing';
import { Database, defineModule, implement, publish } from '@guildhall/kernel';
import { defineProvider, register, type Installation, type ProviderInstallation, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { backOffice } from '../src';
import type { CasesHandedOver } from '../src/back-office.options';

@Injectable() class FakeCases {}
@Injectable() class FakeDocuments {}

/** Cases that fail once as if the process had died there, after it was done. */
export class Dying {
  next: keyof CasesApi | undefined;
  around(cases: CasesApi): CasesApi {
    const afterwards = <Method extends 'find' | 'move' | 'note' | 'tell'>(method: Method): CasesApi[Method] => (async (...given: Parameters<CasesApi[Method]>) => {
      const result: unknown = await (cases[method] as (...all: unknown[]) => unknown)(...given);
      if (this.next !== method) return result;
      this.next = undefined;
      throw new Error('died');
    }) as CasesApi[Method];
    const { open, list, count, timeline, write, assign } = cases;
    return Object.assign(Object.create(cases) as CasesApi, { open: open.bind(cases), list: list.bind(cases), count: count.bind(cases), timeline: timeline.bind(cases), write: write.bind(cases), assign: assign.bind(cases), find: afterwards('find'), move: afterwards('move'), note: afterwards('note'), tell: afterwards('tell') });
  }
}

/** A council that hands the kit’s potholes over, another that does so without saying anything of statuses, and one far end for each. */
export interface BackOfficeApp extends TestApp {
  readonly cases: CasesApi;
  readonly documents: InMemoryDocuments;
  readonly clock: FixedClock;
  readonly dying: Dying;
  readonly far: InMemoryBackOffice;
  readonly theirs: InMemoryBackOffice;
  officer(slug?: string): RequestContext;
  /** Opens a case as a resident would. */
  opened(changes?: Partial<OpenCase>, slug?: string): Promise<OpenedCase>;
  /** The resident writes about a case. */
  wrote(caseId: string, entryId: string): Promise<void>;
  /** What stands in a case's timeline, the oldest first. */
  timeline(caseId: string, slug?: string): Promise<readonly TimelineEntry[]>;
}

const installed = (far: BackOfficeProvider): ProviderInstallation<BackOfficeProvider> => defineProvider({ port: BACK_OFFICE_PROVIDER, id: 'back-office.in-memory', isSandbox: false, create: () => far });

export async function startBackOfficeApp(line: Omit<CasesHandedOver, 'provider' | 'caseTypes'>, others: readonly Installation[] = []): Promise<BackOfficeApp> {
  const clock = new FixedClock();
  const ids = new SeededIds(61);
  const dying = new Dying();
  const documents = new InMemoryDocuments(clock);
  const [far, theirs] = [new InMemoryBackOffice(), new InMemoryBackOffice()];
  const cases = inMemoryCases({ types: [testPothole], clock, ids });
  @Module({ providers: [{ provide: FakeCases, useValue: dying.around(cases) }, { provide: FakeDocuments, useValue: documents }] })
  class NeighboursModule {}
  const neighbours = defineModule({ id: 'neighbours', version: '0.1.0', packageFolder: __dirname, nest: NeighboursModule, permissions: CASE_PERMISSIONS, events: [CaseOpened, CaseMoved, CaseAnswered], provides: [implement(CASES, FakeCases as never), implement(DOCUMENTS, FakeDocuments as never)], registers: [register(CASE_TYPE, testPothole)] });
  const app = await startTestApp({ clock, ids: new SeededIds(62), councils: [
    testCouncilDefinition('riverbourne', 1, [neighbours(), backOffice({ handOver: [{ caseTypes: [testPothole.id], provider: installed(far), ...line }] }), ...others]),
    testCouncilDefinition('glanafon', 2, [neighbours(), backOffice({ handOver: [{ caseTypes: [testPothole.id], provider: installed(theirs) }] })]),
  ] });
  const officer = (slug?: string): RequestContext => app.context(slug, { actor: { kind: 'officer', officerId: '01990000-0000-7000-8000-0000000000ff' as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set([...CASE_PERMISSIONS.map(({ id }) => id), 'back-office.hand-over']) } });
  const opened = async (changes: Partial<OpenCase> = {}, slug?: string): Promise<OpenedCase> => {
    const outcome = await cases.open(app.context(slug), {
      caseId: ids.uuid(), idempotencyKey: ids.uuid(), caseType: testPothole.id, summary: { en: 'Pothole in Mill Lane', cy: 'Twll yn Lôn y Felin' }, openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example', phone: '07700 900123' }, language: 'cy' },
      location: { lines: ['4 Mill Lane', 'Testham'], postcode: 'ZZ99 4AB', point: { latitude: 52.1, longitude: -1.5 } },
      answers: [{ section: 'The pothole', question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw e?' }, answer: { en: 'Deeper than a hand', cy: 'Yn ddyfnach na llaw' }, code: 'depth' }, { section: 'You', question: 'Your name', answer: 'Olwen Pugh', personal: true }], ...changes,
    });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    await app.get(Database).run(app.context(slug), async (tx) => publish(tx, CaseOpened, { caseId: outcome.value.id, caseType: outcome.value.caseType, caseTypeVersion: 1, state: outcome.value.state, entryId: ids.uuid() }));
    return outcome.value;
  };
  const wrote = (caseId: string, entryId: string): Promise<void> => app.get(Database).run(app.context(), async (tx) => publish(tx, CaseAnswered, { caseId, caseType: testPothole.id, entryId }));
  const timeline = async (caseId: string, slug?: string): Promise<readonly TimelineEntry[]> => (await cases.timeline(officer(slug), { caseId }, { limit: 100 })).items.toReversed();
  return Object.assign(app, { cases, documents, clock, dying, far, theirs, officer, opened, wrote, timeline });
}
