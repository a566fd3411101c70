import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { virusScannerKit } from '@guildhall/documents-contract/testing';
import type { VirusScannerHarness } from '@guildhall/documents-contract/testing';
import { ClamAvScanner } from '../clam-av.provider';
import { startClamd } from '../simulator';
import type { ClamdFault, ClamdSimulator } from '../simulator';

interface WithClamd extends VirusScannerHarness { readonly clamd: ClamdSimulator }

export const source: HarnessSource<VirusScannerHarness> = {
  abilities: ['far-end', 'odd-answers', 'size-limit'],
  open: async (): Promise<WithClamd> => {
    const clamd = await startClamd();
    const odd: ClamdFault[] = ['lose-connection', 'cut-answer', 'cannot-scan', 'odd-words', 'endless-answer', 'web-server'];
    return {
      clamd, scanner: new ClamAvScanner({ address: clamd.address }, testProviderDependencies(), () => Promise.resolve()),
      breakFarEnd: () => clamd.stop(),
      spoilAnswers: () => {
        const next = odd.shift();
        clamd.clear();
        if (next) clamd.failNext(next, Infinity);
        return next !== undefined;
      },
      limitTo: (bytes) => { clamd.streamMaxInBytes = bytes; },
    };
  },
  close: (harness) => (harness as WithClamd).clamd.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: virusScannerKit.id, source }];
