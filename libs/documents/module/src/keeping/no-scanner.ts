import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { VIRUS_SCANNER } from '@guildhall/documents-contract';
import type { VirusScanner } from '@guildhall/documents-contract';
import type { DocumentsOptions } from '../options';

/**
 * The council's providers. Where none of them scans, one that finds everything clean stands in the scanner's place, so that its absence has a name: `doctor` and the log at the start
 * say it, and in production it is a fault unless the council says why it is none.
 */
export function withScanner({ providers, unscannedBecause }: DocumentsOptions): readonly ProviderInstallation[] {
  return providers.some(({ port }) => port.id === VIRUS_SCANNER.id) ? providers : [...providers, noScanner(unscannedBecause)];
}

function noScanner(because: string | undefined): ProviderInstallation<VirusScanner> {
  return defineProvider<VirusScanner>({
    port: VIRUS_SCANNER, id: 'documents.no-scanner', title: { en: 'No virus scanner', cy: 'Dim sganiwr firysau' }, isSandbox: false,
    create: () => ({ scan: () => Promise.resolve({ isClean: true }) }),
    check: () => Promise.resolve(because
      ? { ok: true, message: `Uploads are not scanned for viruses here: ${because}` }
      : { ok: process.env.NODE_ENV !== 'production', message: 'Uploads are not scanned for viruses, which is for development only. Name a scanner: documents({ providers: [..., clamAv({ address: env.string(\'CLAMD_ADDRESS\') })] }), or say why none is needed: unscannedBecause.' }),
  });
}
