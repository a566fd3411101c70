import { VIRUS_SCANNER } from '@guildhall/documents-contract';
import type { VirusScanner } from '@guildhall/documents-contract';
import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { defineSimulated } from '@guildhall/kernel-contract';
import { clamAv } from '../clam-av';
import { startClamd } from './clamd-simulator';

/** clamd has a port so far above that of its page: both ends know it without telling each other. */
const CLAMD_ABOVE = 1000;

const simulator: Companion = Object.freeze<Companion>({
  id: 'documents.clamav-simulator', title: 'ClamAV, simulated: what was scanned, and what can go wrong',
  start: async ({ port }) => {
    const clamd = await startClamd({ port: port + CLAMD_ABOVE, pagePort: port });
    return { origin: clamd.pageOrigin, stop: () => clamd.stop() };
  },
});

/**
 * The council's virus scanner as it will be, at a simulator that starts beside the council's server: it finds the harmless test virus (EICAR), and no other.
 * @public
 * @example documents({ providers: [simulatedS3(), simulatedClamAv()] })
 */
export function simulatedClamAv(): ProviderInstallation<VirusScanner> {
  return defineSimulated<VirusScanner>({
    port: VIRUS_SCANNER, id: 'documents.clamav', title: { en: 'ClamAV (simulated)', cy: 'ClamAV (efelychiad)' }, simulator,
    at: (origin) => clamAv({ address: `tcp://127.0.0.1:${Number(new URL(origin).port) + CLAMD_ABOVE}` }),
  });
}
