import { testConformance } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { OUTBOUND } from '@guildhall/kernel';
import type { Outbound } from '@guildhall/kernel-contract';
import { HttpCases, bankHolidays, type CasesApi } from '@guildhall/cases-contract';
import { casesKit, type CasesHarness } from '@guildhall/cases-contract/testing';
import { credential, startCasesApp, type CasesApp } from './testing/cases-app';
import { randomUUID } from 'node:crypto';

const START = '2026-11-23T09:00:00Z';

describe('cases on PostgreSQL', () => {
  const clock = new FixedClock(START);
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ clock, isKit: true }); });
  afterAll(() => app?.close());

  /** UUIDv7 in the order in which they are asked for, as the kernel's ids are. */
  let count = 0;
  const newId = (): string => {
    const time = (1_795_000_000_000 + count++).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
  };
  const harness = async (api: (slug: string) => CasesApi): Promise<CasesHarness> => {
    await app.forget();
    clock.set(START);
    return {
      cases: api('testham'), as: (actor) => app.as(actor), newId, calendar: bankHolidays('england'), advanceDays: async (days) => clock.advance(days * 86_400),
      elsewhere: { cases: api('elsewhere'), as: (actor) => app.as(actor, 'elsewhere') },
    };
  };
  const abilities = ['clock', 'two-councils'];

  describe('in process', () => {
    testConformance<CasesHarness>(casesKit, { describe, it }, { abilities, open: () => harness(() => app.cases) });
  });

  describe('over HTTP', () => {
    testConformance<CasesHarness>(casesKit, { describe, it }, {
      abilities, open: () => harness((slug) => new HttpCases({ origin: app.origin(slug), outbound: app.get<Outbound>(OUTBOUND as never), credential: credential('strong') })),
    });
  });
});
