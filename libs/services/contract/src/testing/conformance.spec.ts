import { testConformance } from '@guildhall/kernel-contract';
import { hedgehogHouses } from './hedgehog-houses';
import { testContext } from '@guildhall/kernel-contract/testing';
import { inMemoryServices } from './in-memory-services';
import { serviceKit } from './service-kit';
import { servicesKit } from './services-kit';

testConformance(serviceKit, { describe, it }, { open: async () => ({ registration: { slug: hedgehogHouses.slug, service: hedgehogHouses, settings: {} }, today: '2026-11-23' }) });

const lanterns = { ...hedgehogHouses, slug: 'hedgehog-lanterns', title: { en: 'Hedgehog lanterns', cy: 'Llusernau draenogod' }, summary: { en: 'A light for a hedgehog.', cy: 'Golau i ddraenog.' }, keywords: { en: ['lantern'], cy: ['llusern'] } };
testConformance(servicesKit, { describe: (name, body) => describe(`${name}, the fake`, body), it }, {
  open: async () => ({ services: inMemoryServices([hedgehogHouses, lanterns].map((service) => ({ slug: service.slug, service, settings: {} }))), ctx: testContext() }),
});

describe('the kit finds what is wrong', () => {
  const broken = (change: object) => ({ registration: { slug: hedgehogHouses.slug, service: { ...hedgehogHouses, ...change } as typeof hedgehogHouses, settings: {} }, today: '2026-11-23' });
  const fails = (id: string, change: object) => expect(serviceKit.cases.find((one) => one.id === id)?.run(broken(change))).rejects.toThrow();
  it('a sentence that nobody translated', () => fails('SRV-002', { summary: { en: 'Same words twice', cy: 'Same words twice' } }));
  it('a page that nobody sees', () => fails('SRV-004', { pages: hedgehogHouses.pages.map((page) => (page.slug === 'your-name' ? { ...page, when: () => false } : page)) }));
  it('a fee below nothing', () => fails('SRV-009', { fee: () => [{ code: 'x', title: { en: 'x', cy: 'x' }, amountInPence: -1, ledgerCode: 'X', vatRate: 'zero' }] }));
  it('a summary that names somebody', () => fails('SRV-010', { opens: { ...hedgehogHouses.opens, summary: ({ answers }: { answers: { yourName: string } }) => ({ en: answers.yourName, cy: answers.yourName }) } }));
  it('a state without retention', () => fails('SRV-012', { opens: { ...hedgehogHouses.opens, types: hedgehogHouses.opens.types.map((type) => ({ ...type, states: { ...type.states, ordered: { ...type.states['ordered'], retention: { months: 0 } } } })) } }));
});
