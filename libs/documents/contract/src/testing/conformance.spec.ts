import { testConformance } from '@guildhall/kernel-contract';
import type { CouncilId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext, testCouncil, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { InMemoryDocumentStore, InMemoryDocuments, InMemoryVirusScanner, documentStoreKit, documentsKit, virusScannerKit } from './index';
import type { DocumentsCaller } from './index';

const CALLERS: Readonly<Record<DocumentsCaller, RequestContext>> = {
  resident: testContext({ actor: testResident() }),
  'another-resident': testContext({ actor: testResident('01990000-0000-7000-8000-0000000000a2') }),
  nobody: testContext({ actor: { kind: 'nobody', sessionId: 'one' } }),
  'another-nobody': testContext({ actor: { kind: 'nobody', sessionId: 'two' } }),
  officer: testContext({ actor: testOfficer(['documents.read', 'documents.add', 'documents.remove']) }),
  outsider: testContext({ actor: testOfficer([]) }),
  elsewhere: testContext({ actor: testResident(), council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere' }) }),
};

testConformance(documentStoreKit, { describe, it }, { abilities: ['reopening', 'far-end'], open: async () => {
  const store = new InMemoryDocumentStore();
  return { store, reopen: () => store, breakFarEnd: () => { store.isDown = true; } };
} });
testConformance(virusScannerKit, { describe, it }, { abilities: ['far-end'], open: async () => {
  const scanner = new InMemoryVirusScanner();
  return { scanner, breakFarEnd: () => { scanner.isDown = true; } };
} });
testConformance(documentsKit, { describe, it }, { abilities: ['actors', 'two-councils', 'events', 'links'], open: async () => {
  const clock = new FixedClock();
  const documents = new InMemoryDocuments(clock);
  return { documents, ids: new SeededIds(), as: (who) => CALLERS[who], published: async () => documents.published, follow: async (path) => ({ headers: {}, ...documents.follow(path) }), wait: (seconds) => clock.advance(seconds) };
} });
