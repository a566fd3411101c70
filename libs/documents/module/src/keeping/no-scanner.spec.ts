import { VIRUS_SCANNER, DOCUMENT_STORE } from '@guildhall/documents-contract';
import type { DocumentStore, VirusScanner } from '@guildhall/documents-contract';
import { InMemoryDocumentStore, InMemoryVirusScanner } from '@guildhall/documents-contract/testing';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { documents } from '../documents.module';

const store = defineProvider<DocumentStore>({ port: DOCUMENT_STORE, id: 'documents.memory', isSandbox: true, create: () => new InMemoryDocumentStore() });
const scanner = defineProvider<VirusScanner>({ port: VIRUS_SCANNER, id: 'documents.test-scanner', isSandbox: true, create: () => new InMemoryVirusScanner() });
const found = async (installation: ProviderInstallation | undefined): Promise<unknown> => installation?.check?.({});

describe('documents without a virus scanner', () => {
  const { NODE_ENV: before } = process.env;
  afterEach(() => { process.env.NODE_ENV = before; });

  it('are taken while developing, and doctor names it', async () => {
    const [, none] = documents({ providers: [store] }).providers;
    expect(none?.id).toBe('documents.no-scanner');
    expect(await found(none)).toMatchObject({ ok: true, message: expect.stringContaining('not scanned for viruses') });
  });
  it('are a fault to mend in production', async () => {
    process.env.NODE_ENV = 'production';
    expect(await found(documents({ providers: [store] }).providers[1])).toMatchObject({ ok: false, message: expect.stringContaining('clamAv(') });
  });
  it('are no fault where the council says why it needs none', async () => {
    process.env.NODE_ENV = 'production';
    expect(await found(documents({ providers: [store], unscannedBecause: 'The network scans whatever comes in.' }).providers[1])).toEqual({ ok: true, message: 'Uploads are not scanned for viruses here: The network scans whatever comes in.' });
  });
  it('is nothing to say of a council that has one', () => expect(documents({ providers: [store, scanner] }).providers.map(({ id }) => id)).toEqual(['documents.memory', 'documents.test-scanner']));
});
