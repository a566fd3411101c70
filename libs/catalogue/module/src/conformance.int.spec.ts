import { CATALOGUE, HttpCatalogue, type CatalogueApi } from '@guildhall/catalogue-contract';
import { catalogueKit, type CatalogueHarness } from '@guildhall/catalogue-contract/testing';
import { OUTBOUND } from '@guildhall/kernel';
import { testConformance, type Clock, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { parseVerifierKey } from '@guildhall/sharing-contract';
import { startRegistry, type Registry } from '../test/registry';
import { catalogue } from './catalogue.module';
import { OwnFeed } from './logging/own-feed';
import { AdmitsPublishers } from './publishing/admits-publishers';

/** One for each case and way, and one that has nothing. */
const COUNCILS = catalogueKit.cases.length * 2 + 1;
const slugOf = (number: number): string => `catalogue-${number}`;

let app: TestApp;
let registry: Registry;
let last = 0;
const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
beforeAll(async () => {
  registry = await startRegistry();
  app = await startTestApp({ councils: [...Array(COUNCILS).keys()].map((number) => testCouncilDefinition(slugOf(number), number + 1, [catalogue({ feedOrigin: `${slugOf(number)}.example/feed`, keys: [{ name: '2026-1' }], registries: { '*': registry.origin } })])), clock: clock as Clock });
});
afterAll(async () => {
  await app?.close();
  await registry?.close();
});

function harness(api: CatalogueApi): CatalogueHarness {
  const slug = slugOf(++last);
  const system = app.systemContext(slug);
  return {
    api, ctx: app.context(slug), elsewhere: app.context(slugOf(0)), key: parseVerifierKey(app.get(OwnFeed).verifierKey(system)),
    now: () => clock.now(), pass: (seconds) => clock.advance(seconds), pack: (files) => registry.put(files),
    admit: async (submissionId) => void (await app.get(AdmitsPublishers).admit(system, submissionId)),
    settle: async () => void (await app.drainJobs()),
  };
}
const client = ({ council: { slug } }: RequestContext): HttpCatalogue => new HttpCatalogue({ origin: app.origin(slug), outbound: app.get<Outbound>(OUTBOUND) });

testConformance<CatalogueHarness>(catalogueKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, { open: () => Promise.resolve(harness(app.get<CatalogueApi>(CATALOGUE.token))) });
testConformance<CatalogueHarness>(catalogueKit, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, { open: () => Promise.resolve(harness(CATALOGUE.dispatch(client))) });
