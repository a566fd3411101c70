import type { ConnectionCheck } from '@guildhall/kernel-contract';
import { atRest } from '@guildhall/kernel-contract';
import { parseStoreKey } from '@guildhall/documents-contract';
import type { DocumentStore } from '@guildhall/documents-contract';
import { isPassing, readFailure, whatFailureMeans } from './map-failure';
import { USUAL_REGION, type S3Options } from './options';
import type { S3Connection } from './s3-connection';

/** S3 refuses what is 15 minutes off; a clock that is a minute off is no longer kept by NTP. */
const MOST_SKEW_IN_SECONDS = 60;
const PROBE = parseStoreKey('connection-check');

/** Whether the bucket is there and lets this server do everything that documents need, with the encryption that is asked for, and whether the clocks agree. */
export async function checkConnection(store: DocumentStore, connection: S3Connection, { bucket, origin, region = USUAL_REGION }: S3Options, at: { readonly Bucket: string; readonly Key: string }): Promise<ConnectionCheck> {
  try {
    const { client, sdk } = await connection.open();
    // Listing first: unlike HeadBucket, its refusals say in words what is wrong.
    await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: at.Key, MaxKeys: 1 }));
    await store.put(PROBE, atRest(Buffer.from('A file to try with; it may be deleted.')), { contentType: 'text/plain' });
    const found = await store.get(PROBE, { start: 0, end: 0 });
    found?.stream.destroy();
    if (!found) return wrong(`The bucket ${bucket} took a file and does not have it. Is it one bucket, and not several behind one name?`);
    await store.delete(PROBE);
    if (await store.get(PROBE)) return wrong(`The bucket ${bucket} still gives a file that was deleted. Documents must go when they are deleted: is there something in between that keeps copies?`);
    const skew = connection.skewInSeconds ?? 0;
    if (Math.abs(skew) > MOST_SKEW_IN_SECONDS) return wrong(`The clock of this server is ${Math.abs(skew)} seconds ${skew > 0 ? 'behind' : 'ahead of'} the store’s. Set it by NTP: at 15 minutes S3 refuses everything.`);
    return { ok: true, message: `The bucket ${bucket}${origin === undefined ? '' : ` at ${new URL(origin).host}`} can be written, read and deleted from, and the clocks agree.` };
  } catch (error) {
    const failure = readFailure(error);
    // Without a status and passing: nobody answered at all.
    const where = failure && failure.status === undefined && isPassing(failure) ? ` Look whether this server may call ${origin === undefined ? `Amazon S3 in ${region}` : new URL(origin).host}.` : '';
    return wrong(failure ? `${whatFailureMeans(failure)}${where}` : error instanceof Error ? error.message : String(error));
  }
}

function wrong(message: string): ConnectionCheck { return { ok: false, message }; }
