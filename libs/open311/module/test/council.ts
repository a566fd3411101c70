import { Injectable, Module } from '@nestjs/common';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { InMemoryAddresses } from '@guildhall/addresses-contract/testing';
import { CASES, CASE_PERMISSIONS, type CasesApi } from '@guildhall/cases-contract';
import { inMemoryCases } from '@guildhall/cases-contract/testing';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { InMemoryDocuments } from '@guildhall/documents-contract/testing';
import { MACHINE_CREDENTIALS, defineModule, implement, type MachineCredentials } from '@guildhall/kernel';
import { register, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { OPEN311_PERMISSIONS } from '@guildhall/open311-contract';
import { reportAProblem, reportAProblemService } from '@guildhall/report-a-problem';
import { SERVICES, servicePack } from '@guildhall/services-contract';
import { open311 } from '../src';
import { strayAnimals } from './stray-animals';

const SECRET = 'not-a-secret-outside-tests';
const OF: Readonly<Record<string, readonly string[]>> = { overseer: OPEN311_PERMISSIONS.map(({ id }) => id), reader: ['open311.read'], stranger: ['cases.see', 'cases.open'] };
const credentials: MachineCredentials = {
  authenticate: async (_ctx, clientId, secret) => (secret === SECRET ? { clientId, permissions: OF[clientId] ?? ['open311.read', 'open311.report', 'open311.update'] } : undefined),
};
/** Keys: `fixmystreet` and `another-app` may read, report and update, `overseer` also what is private of others, `reader` only read, `stranger` nothing of Open311. */
export const keyOf = (clientId: 'fixmystreet' | 'another-app' | 'overseer' | 'reader' | 'stranger'): string => `${clientId}.${SECRET}`;

/** Makes the next call of a neighbour fail as if the process had died there, before or after it was done. */
export class Death {
  next: { readonly call: string; readonly when: 'before' | 'after' } | undefined;
  around<Api extends object>(name: string, api: Api): Api {
    const wrapped: Record<string, unknown> = {};
    for (let level: object = api; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) {
      for (const method of Object.getOwnPropertyNames(level)) {
        const real = (api as Record<string, unknown>)[method];
        if (method === 'constructor' || typeof real !== 'function' || Object.hasOwn(wrapped, method)) continue;
        wrapped[method] = async (...given: unknown[]): Promise<unknown> => {
          const dies = this.next?.call === `${name}.${method}` ? this.next.when : undefined;
          if (dies) this.next = undefined;
          if (dies === 'before') throw new Error('died');
          const result: unknown = await (real as (...all: unknown[]) => unknown).apply(api, given);
          if (dies === 'after') throw new Error('died');
          return result;
        };
      }
    }
    return wrapped as Api;
  }
}

@Injectable() class FakeCases {}
@Injectable() class FakeDocuments {}
@Injectable() class FakeAddresses {}
@Injectable() class FakeServices {}

/** Councils with Open311 whose neighbours are fakes that pass their own kits: riverbourne lets anybody read, glanafon nobody, and gives tokens. */
export interface Open311App extends TestApp { readonly cases: CasesApi; readonly documents: InMemoryDocuments; readonly clock: FixedClock; readonly death: Death; officer(slug?: string): RequestContext }

export async function startOpen311App(): Promise<Open311App> {
  const clock = new FixedClock();
  const death = new Death();
  const cases = inMemoryCases({ types: [...reportAProblemService.opens.types, ...strayAnimals.opens.types], clock, ids: new SeededIds(31) });
  const documents = new InMemoryDocuments(clock);
  @Module({ providers: [{ provide: FakeCases, useValue: death.around('cases', cases) }, { provide: FakeDocuments, useValue: death.around('documents', documents) }, { provide: FakeAddresses, useValue: new InMemoryAddresses() }, FakeServices] })
  class NeighboursModule {}
  const neighbours = defineModule({
    id: 'neighbours', version: '0.1.0', packageFolder: __dirname, nest: NeighboursModule, permissions: CASE_PERMISSIONS, registers: [register(MACHINE_CREDENTIALS, credentials)],
    provides: [implement(CASES, FakeCases as never), implement(DOCUMENTS, FakeDocuments as never), implement(ADDRESSES, FakeAddresses as never), implement(SERVICES, FakeServices as never)],
  });
  const packs = [reportAProblem(), servicePack(strayAnimals, { version: '0.1.0' })()];
  const app = await startTestApp({ clock, ids: new SeededIds(311), councils: [
    testCouncilDefinition('riverbourne', 1, [neighbours(), open311({ reading: 'anyone', isTest: true }), ...packs]),
    testCouncilDefinition('glanafon', 2, [neighbours(), open311({ givesTokens: true, jurisdictionId: 'glanafon.example', leavesOut: ['stray-animals'] }), ...packs]),
  ] });
  const officer = (slug?: string): RequestContext => app.context(slug, { actor: { kind: 'officer', officerId: '01990000-0000-7000-8000-0000000000ff' as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set(CASE_PERMISSIONS.map(({ id }) => id)) } });
  return Object.assign(app, { cases, documents, clock, death, officer });
}
