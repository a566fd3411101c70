import { join } from 'node:path';
import { DOCUMENT_STORE } from '@guildhall/documents-contract';
import type { DocumentStore } from '@guildhall/documents-contract';
import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import { s3 } from '../s3';
import type { SimulatedKey } from './check-signature';
import { startS3 } from './s3-simulator';

const ID = 'documents.s3';
const BUCKET = 'guildhall-documents';

/** Both ends of it know these, and nobody else. */
function keyFrom(secret: (name: string) => Uint8Array): SimulatedKey {
  const written = (name: string): string => Buffer.from(secret(name)).toString('hex');
  return { accessKeyId: `SIM${written('simulator key id').slice(0, 16).toUpperCase()}`, secretAccessKey: written('simulator secret key') };
}

const simulator: Companion = Object.freeze<Companion>({
  id: 'documents.s3-simulator', title: 'S3, simulated: what is in the bucket, and what can go wrong',
  start: async ({ port, dataFolder, councils, secret }) => {
    const [first, ...others] = councils.map((council) => keyFrom((name) => secret(council, ID, name)));
    // Beside the database, whose documents these are: both are there at the next start, or neither.
    const far = await startS3({ port, folder: join(dataFolder, 'simulated-s3'), buckets: [BUCKET], ...(first && { keys: [first, ...others] }) });
    return { origin: far.origin, page: far.pageOrigin, stop: () => far.stop() };
  },
});

/**
 * A bucket of S3 as a council will have it, at a simulator that starts beside the council's server and keeps documents in the data folder.
 * @public
 * @example documents({ providers: [simulatedS3(), simulatedClamAv()] })
 */
export function simulatedS3(): ProviderInstallation<DocumentStore> {
  return defineSimulated<DocumentStore>({
    port: DOCUMENT_STORE, id: ID, title: { en: 'S3 storage (simulated)', cy: 'Storfa S3 (efelychiad)' }, simulator,
    at: (origin, { secret }) => {
      const { accessKeyId, secretAccessKey } = keyFrom(secret);
      return s3({ bucket: BUCKET, origin, accessKeyId, secretAccessKey: new Secret(secretAccessKey) });
    },
  });
}
