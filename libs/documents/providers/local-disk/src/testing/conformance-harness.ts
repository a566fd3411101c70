import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CouncilId, HarnessSource } from '@guildhall/kernel-contract';
import { SeededIds, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { DocumentStore } from '@guildhall/documents-contract';
import { documentStoreKit } from '@guildhall/documents-contract/testing';
import type { DocumentStoreHarness } from '@guildhall/documents-contract/testing';
import { localDisk } from '../index';

interface OnDisk extends DocumentStoreHarness { readonly top: string }

export const source: HarnessSource<DocumentStoreHarness> = {
  abilities: ['two-councils', 'reopening', 'far-end', 'streams'],
  open: async (): Promise<OnDisk> => {
    const top = await mkdtemp(path.join(tmpdir(), 'documents-'));
    const folder = path.join(top, 'kept');
    let seed = 1;
    const store = (councilId: string): DocumentStore => localDisk({ folder }).create(testProviderDependencies({ council: testCouncil({ id: councilId as CouncilId }), ids: new SeededIds(seed++) }));
    const own = '01990000-0000-7000-8000-000000000001';
    return {
      top, store: store(own), elsewhere: store('01990000-0000-7000-8000-000000000002'), reopen: () => store(own),
      // A disk that is not mounted any more: a file stands where the folder was.
      breakFarEnd: async () => { await rename(folder, path.join(top, 'unmounted')); writeFileSync(folder, ''); },
    };
  },
  close: async (harness) => {
    await chmod((harness as OnDisk).top, 0o700);
    await rm((harness as OnDisk).top, { recursive: true, force: true });
  },
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: documentStoreKit.id, source }];
