import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { VIRUS_SCANNER } from '@guildhall/documents-contract';
import type { VirusScanner } from '@guildhall/documents-contract';
import { ClamAvScanner } from './clam-av.provider';
import type { ClamAvOptions } from './options';

/**
 * Scans what people send with the council's own ClamAV, before anything of it is kept.
 * @public
 * @example documents({ providers: [localDisk(), clamAv({ address: env.string('CLAMD_ADDRESS') })] })
 */
export function clamAv(options: ClamAvOptions): ProviderInstallation<VirusScanner> {
  return defineProvider<VirusScanner>({
    port: VIRUS_SCANNER, id: 'documents.clamav', title: { en: 'ClamAV', cy: 'ClamAV' }, isSandbox: false,
    create: (dependencies) => new ClamAvScanner(options, dependencies),
    check: async (scanner) => (scanner instanceof ClamAvScanner ? scanner.check() : { ok: false, message: 'This is not ClamAV.' }),
  });
}
