import path from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { InMemoryAddresses } from '@guildhall/addresses-contract/testing';
import { CASES } from '@guildhall/cases-contract';
import { inMemoryCases } from '@guildhall/cases-contract/testing';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { InMemoryDocuments } from '@guildhall/documents-contract/testing';
import { ASSIST_PEOPLE, IDENTITY, READ_PEOPLE } from '@guildhall/identity-contract';
import { inMemoryIdentity, type InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { defineModule, implement } from '@guildhall/kernel';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { CASE_PERMISSIONS } from '@guildhall/cases-contract';
import { Unavailable, type Installation } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { inMemoryNotifications, type InMemoryNotifications } from '@guildhall/notifications-contract/testing';
import { PAYMENTS, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_PAYMENTS } from '@guildhall/payments-contract';
import { inMemoryPayments, type InMemoryPayments } from '@guildhall/payments-contract/testing';
import { servicePack, type Service } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';
import { claimCode } from '../src/messages/claim-code';
import { paymentLink } from '../src/messages/payment-link';
import { services } from '../src/services.module';
import { hedgehogClub, hedgehogSightings } from './hedgehog-club';

/** Makes one call of a neighbouring module fail as if the process had died there: before it did anything, or after it had done it and before we heard. */
export class Faults {
  #next: { readonly call: string; readonly when: 'before' | 'after'; skip: number } | undefined;
  readonly #down = new Set<string>();
  readonly calls: string[] = [];
  dieAt(call: string, when: 'before' | 'after', skip = 0): void { this.#next = { call, when, skip }; }
  /** A neighbour that does not answer, until `clear`. */
  down(name: string): void { this.#down.add(name); }
  clear(): void { this.#next = undefined; this.#down.clear(); this.calls.length = 0; }
  /** The same API, with deaths in it. */
  around<Api extends object>(name: string, api: Api): Api {
    const methods = new Set<string>();
    for (let level: object = Object.getPrototypeOf(api) as object; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) for (const method of Object.getOwnPropertyNames(level)) if (method !== 'constructor') methods.add(method);
    const wrapped: Record<string, unknown> = {};
    for (const method of methods) {
      const real = (api as Record<string, unknown>)[method];
      if (typeof real !== 'function') continue;
      wrapped[method] = async (...given: unknown[]): Promise<unknown> => {
        const call = `${name}.${method}`;
        this.calls.push(call);
        if (this.#down.has(name)) throw new Unavailable(`${name} does not answer.`);
        const dies = this.#next?.call === call && this.#next.skip-- === 0 ? this.#next.when : undefined;
        if (dies) this.#next = undefined;
        if (dies === 'before') throw new Error(`died before ${call}`);
        const result: unknown = await (real as (...all: unknown[]) => unknown).apply(api, given);
        if (dies === 'after') throw new Error(`died after ${call}`);
        return result;
      };
    }
    return wrapped as Api;
  }
}

@Injectable() class FakeCases {}
@Injectable() class FakePayments {}
@Injectable() class FakeDocuments {}
@Injectable() class FakeAddresses {}
@Injectable() class FakeIdentity {}
@Injectable() class FakeNotifications {}

/** A council of three services, whose neighbours are fakes that pass their own kits. */
export interface ServicesApp {
  readonly app: TestApp;
  readonly clock: FixedClock;
  readonly faults: Faults;
  readonly cases: ReturnType<typeof inMemoryCases>;
  readonly payments: InMemoryPayments;
  readonly documents: InMemoryDocuments;
  readonly identity: InMemoryIdentity;
  readonly notifications: InMemoryNotifications;
}

/** @param alsoInstalled in Riverbourne alone @param more services of Riverbourne besides */
export async function startServicesApp({ alsoInstalled = [], more = [] }: { readonly alsoInstalled?: readonly Installation[]; readonly more?: readonly Service[] } = {}): Promise<ServicesApp> {
  const clock = new FixedClock();
  const ids = new SeededIds(11);
  const faults = new Faults();
  const types = [hedgehogHouses, hedgehogClub, hedgehogSightings, ...more].flatMap((service) => service.opens.types);
  const cases = inMemoryCases({ types, clock, ids: new SeededIds(12) });
  const payments = inMemoryPayments({ clock });
  const documents = new InMemoryDocuments(clock);
  const identity = inMemoryIdentity(clock, new SeededIds(13));
  const notifications = inMemoryNotifications({ templates: [claimCode, paymentLink], now: () => clock.now() });
  @Module({
    providers: [
      { provide: FakeCases, useValue: faults.around('cases', cases) }, { provide: FakePayments, useValue: faults.around('payments', payments) }, { provide: FakeDocuments, useValue: faults.around('documents', documents) },
      { provide: FakeIdentity, useValue: faults.around('identity', identity) }, { provide: FakeNotifications, useValue: faults.around('notifications', notifications) },
    ],
  })
  class NeighboursModule {}
  const neighbours = defineModule({
    id: 'neighbours', version: '0.1.0', packageFolder: __dirname, nest: NeighboursModule,
    provides: [implement(CASES, FakeCases as never), implement(PAYMENTS, FakePayments as never), implement(DOCUMENTS, FakeDocuments as never), implement(IDENTITY, FakeIdentity as never), implement(NOTIFICATIONS, FakeNotifications as never)],
    permissions: [...CASE_PERMISSIONS, VIEW_PAYMENTS, TAKE_PAYMENTS, REFUND_PAYMENTS, ASSIST_PEOPLE, READ_PEOPLE],
  });
  @Module({ providers: [{ provide: FakeAddresses, useValue: faults.around('addresses', new InMemoryAddresses()) }] })
  class AddressesModule {}
  const addresses = defineModule({ id: 'addresses', version: '0.1.0', packageFolder: __dirname, nest: AddressesModule, provides: [implement(ADDRESSES, FakeAddresses as never)], assetsFolder: path.join(__dirname, 'map') });
  const packed = (service: Service) => servicePack(service as typeof hedgehogHouses, { version: '0.1.0' })();
  const packs = [hedgehogHouses, hedgehogClub, hedgehogSightings].map((service) => packed(service as Service));
  const app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [services(), neighbours(), addresses(), ...packs, ...more.map(packed), ...alsoInstalled]), testCouncilDefinition('glanafon', 2, [services(), neighbours(), addresses(), ...packs])], clock, ids });
  return { app, clock, faults, cases, payments, documents, identity, notifications };
}
