import path from 'node:path';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { DOCUMENT_STORE } from '@guildhall/documents-contract';
import type { DocumentStore } from '@guildhall/documents-contract';
import { LocalDisk } from './local-disk.provider';

/** @public */
export interface LocalDiskOptions {
  /** Where documents are kept, each council in a folder of its own; the deployment's data folder unless told. All servers must see the same one. */
  readonly folder?: string;
}

/**
 * Keeps documents in a folder on this server, or one that several servers share.
 * @public
 * @example documents({ providers: [localDisk({ folder: '/var/lib/guildhall/documents' })] })
 */
export function localDisk(options: LocalDiskOptions = {}): ProviderInstallation<DocumentStore> {
  return defineProvider<DocumentStore>({
    port: DOCUMENT_STORE,
    id: 'documents.local-disk',
    title: { en: 'A folder on this machine', cy: 'Ffolder ar y peiriant hwn' },
    isSandbox: false,
    create: ({ council, dataFolder, ids, log }) => {
      const disk = new LocalDisk(path.join(path.resolve(options.folder ?? path.join(dataFolder, 'documents')), council.id), ids);
      // What a crash left half written is nobody's; nothing waits for it to be gone.
      void disk.sweepUnfinished().catch((error: unknown) => log.warn('documents.sweep-failed', { council: council.slug, error: error instanceof Error ? error.name : 'unknown' }));
      return disk;
    },
    check: async (store) => {
      await (store as LocalDisk).check();
      return { ok: true, message: 'The folder for documents can be written.' };
    },
  });
}
