import { lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '@guildhall/kernel-contract';
import { USUAL_REGION, isLoopback } from './options';
import type { S3Options } from './options';

type Sdk = typeof import('@aws-sdk/client-s3');
/** Amazon's client, and the commands that it takes. */
export interface OpenConnection { readonly client: S3Client; readonly sdk: Sdk }

const MOST_TRIES = 4;
const CONNECT_IN_MS = 3_000;
const MOST_CONNECTIONS = 50;
const USUAL_TIMEOUT_IN_SECONDS = 15;

/**
 * The way to the store: Amazon's own client for JavaScript, which signs, waits between tries (doubling, of random length, longer after SlowDown) and puts its time right when the clocks differ.
 * It is loaded by whoever uses it first: a council that keeps its documents elsewhere has none of it in memory.
 */
export class S3Connection {
  #opened: Promise<OpenConnection> | undefined;
  /** By how much the store's clock is ahead of this server's, as its last answer said. */
  skewInSeconds: number | undefined;

  constructor(private readonly options: S3Options, private readonly clock: Clock) {}

  open(): Promise<OpenConnection> { return (this.#opened ??= this.#open()); }

  async #open(): Promise<OpenConnection> {
    const sdk = await import('@aws-sdk/client-s3');
    const { origin, addressing, region = USUAL_REGION, accessKeyId, secretAccessKey, timeoutInSeconds = USUAL_TIMEOUT_IN_SECONDS } = this.options;
    const agent = { keepAlive: true, maxSockets: MOST_CONNECTIONS, lookup: findsLoopback };
    const client = new sdk.S3Client({
      region, maxAttempts: MOST_TRIES, retryMode: 'standard', forcePathStyle: (addressing ?? (origin === undefined ? 'host' : 'path')) === 'path',
      ...(origin === undefined ? {} : { endpoint: origin }),
      ...(accessKeyId === undefined || secretAccessKey === undefined ? {} : { credentials: { accessKeyId, secretAccessKey: secretAccessKey.reveal() } }),
      // Checksums of its own choosing go behind the body, which stores of other makers do not all take: ours are SHA-256, before the body, and known before it is sent.
      requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
      // For what asks first whether it may send (Expect: 100-continue, from 2 MB on), Amazon's client makes connections of its own, as many as there are calls and without our look-up; for agents that are made here it asks and does not wait.
      expectContinueHeader: false,
      requestHandler: { connectionTimeout: CONNECT_IN_MS, requestTimeout: timeoutInSeconds * 1_000, socketTimeout: timeoutInSeconds * 1_000, throwOnRequestTimeout: true, httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent) },
    });
    client.middlewareStack.add((next) => async (given) => {
      const result = await next(given);
      const { headers } = (result.response ?? {}) as { headers?: Readonly<Record<string, string>> };
      const theirs = new Date(headers?.['date'] ?? Number.NaN).getTime();
      if (!Number.isNaN(theirs)) this.skewInSeconds = Math.round((theirs - this.clock.now().getTime()) / 1_000);
      return result;
    }, { step: 'deserialize', name: 'guildhallSkew', priority: 'low' });
    return { client, sdk };
  }
}

/** Names below localhost are this machine, as browsers have it: `bucket.localhost` is a bucket of a simulator. */
const findsLoopback: LookupFunction = (hostname, options, callback) => lookup(isLoopback(hostname) ? '127.0.0.1' : hostname, options, callback);
