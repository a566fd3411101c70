import { readFile, writeFile } from 'node:fs/promises';
import { Secret } from '@guildhall/kernel-contract';
import type { CouncilId, HarnessSource } from '@guildhall/kernel-contract';
import { SeededIds, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { DocumentStore } from '@guildhall/documents-contract';
import { documentStoreKit } from '@guildhall/documents-contract/testing';
import type { DocumentStoreHarness } from '@guildhall/documents-contract/testing';
import { s3 } from '../index';
import { startS3 } from '../simulator';
import type { S3Fault, S3Simulator } from '../simulator';

interface AtS3 extends DocumentStoreHarness { readonly far: S3Simulator }

export const source: HarnessSource<DocumentStoreHarness> = {
  abilities: ['two-councils', 'reopening', 'far-end', 'passing-faults', 'cut-readings', 'damage', 'streams'],
  open: async (): Promise<AtS3> => {
    const far = await startS3();
    let seed = 1;
    const [{ accessKeyId, secretAccessKey }] = far.keys;
    const store = (councilId: string): DocumentStore => s3({ bucket: 'guildhall-documents', origin: far.origin, accessKeyId, secretAccessKey: new Secret(secretAccessKey) })
      .create(testProviderDependencies({ council: testCouncil({ id: councilId as CouncilId }), ids: new SeededIds(seed++) }));
    const own = '01990000-0000-7000-8000-000000000001';
    const passing: (S3Fault | undefined)[] = ['internal-error', 'slow-down', 'lose-connection', 'lose-answer'];
    let asked = 0;
    return {
      far, store: store(own), elsewhere: store('01990000-0000-7000-8000-000000000002'), reopen: () => store(own),
      breakFarEnd: () => far.close(),
      failOnce: () => {
        // The kit asks four times in a round: each round is one kind of fault.
        const fault = passing[Math.floor(asked++ / 4)];
        if (fault) far.failNext(fault);
        return fault !== undefined;
      },
      cutReadings: (howOften) => {
        far.clear();
        far.failNext('cut-body', { times: howOften === 'once' ? 1 : Infinity });
      },
      damage: async (key) => {
        const object = await far.buckets[0]?.find(`${own}/${key}`);
        const file = object?.bytesFile ?? '';
        const bytes = await readFile(file);
        bytes[50] = 1;
        await writeFile(file, bytes);
      },
    };
  },
  close: (harness) => (harness as AtS3).far.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: documentStoreKit.id, source }];
