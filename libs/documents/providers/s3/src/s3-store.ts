import type { BytesAtRest, ConnectionCheck, ProviderDependencies } from '@guildhall/kernel-contract';
import { parseStoreKey } from '@guildhall/documents-contract';
import type { ByteRange, BytesFromStore, DocumentStore, StoreKey } from '@guildhall/documents-contract';
import { checkConnection } from './check-connection';
import { isPassing, readFailure, unavailable } from './map-failure';
import type { S3Options } from './options';
import { readObject } from './read-object';
import { S3Connection } from './s3-connection';
import type { OpenConnection } from './s3-connection';
import { writeObject } from './write-object';

/** Keeps one council's documents in a bucket, below the council's id: several councils may share one. */
export class S3Store implements DocumentStore {
  readonly #connection: S3Connection;
  constructor(private readonly options: S3Options, private readonly dependencies: Pick<ProviderDependencies, 'clock' | 'council' | 'log'>) {
    this.#connection = new S3Connection(options, dependencies.clock);
  }

  async put(key: StoreKey, content: BytesAtRest, { contentType }: { readonly contentType: string }): Promise<void> {
    const { Bucket: bucket, Key } = this.#at(key);
    await this.#reaching('put', (connection) => writeObject(connection, { bucket, key: Key, contentType }, content, this.options));
  }

  async get(key: StoreKey, range?: ByteRange): Promise<BytesFromStore | undefined> {
    const { log, council: { slug: council } } = this.dependencies;
    const at = this.#at(key);
    return this.#reaching('get', (connection) => readObject(connection, at, range, { wasCut: (code) => log.warn('s3.cut-while-reading', { council, code }), isDamaged: () => log.error('s3.damaged', { council, key }) }));
  }

  async delete(key: StoreKey): Promise<void> {
    const at = this.#at(key);
    await this.#reaching('delete', async ({ client, sdk }) => {
      try { await client.send(new sdk.DeleteObjectCommand(at)); } catch (error) {
        // Amazon says nothing of what was not there; some others do.
        if (readFailure(error)?.code !== 'NoSuchKey') throw error;
      }
    });
  }

  check(): Promise<ConnectionCheck> { return checkConnection(this, this.#connection, this.options, this.#at(parseStoreKey('connection-check'))); }

  #at(key: StoreKey): { readonly Bucket: string; readonly Key: string } {
    const { bucket, prefix } = this.options;
    return { Bucket: bucket, Key: [...(prefix === undefined ? [] : [prefix]), this.dependencies.council.id, parseStoreKey(key)].join('/') };
  }

  async #reaching<Result>(doing: 'put' | 'get' | 'delete', reach: (connection: OpenConnection) => Promise<Result>): Promise<Result> {
    try { return await reach(await this.#connection.open()); } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      this.dependencies.log[isPassing(failure) ? 'warn' : 'error']('s3.failed', { council: this.dependencies.council.slug, doing, code: failure.code, status: failure.status });
      throw unavailable(failure);
    }
  }
}
