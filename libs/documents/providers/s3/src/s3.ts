import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { DOCUMENT_STORE } from '@guildhall/documents-contract';
import type { DocumentStore } from '@guildhall/documents-contract';
import { refuseWrongOptions } from './options';
import type { S3Options } from './options';
import { S3Store } from './s3-store';

/**
 * Keeps documents in a bucket of Amazon S3, or of a store that speaks as S3 does.
 * @public
 * @example documents({ providers: [s3({ bucket: env.string('S3_BUCKET'), accessKeyId: env.string('S3_ACCESS_KEY_ID'), secretAccessKey: env.secret('S3_SECRET_ACCESS_KEY') }), clamAv({ … })] })
 */
export function s3(options: S3Options): ProviderInstallation<DocumentStore> {
  return defineProvider<DocumentStore>({
    port: DOCUMENT_STORE, id: 'documents.s3', title: { en: 'S3 storage', cy: 'Storfa S3' }, isSandbox: false,
    create: (dependencies) => {
      refuseWrongOptions(options);
      return new S3Store(options, dependencies);
    },
    check: async (store) => (store instanceof S3Store ? store.check() : { ok: false, message: 'This is not an S3 store.' }),
  });
}
