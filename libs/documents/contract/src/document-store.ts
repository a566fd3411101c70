import type { Readable } from 'node:stream';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { definePort } from '@guildhall/kernel-contract';
import type { ByteRange } from './documents-api';

/**
 * Where bytes lie in a store: parts of lower-case letters, digits and hyphens, joined by `/`, at most 200 characters. Made by the documents
 * module from random ids; nothing that a person wrote is ever in it.
 * @public
 */
export type StoreKey = string & { readonly __brand: 'StoreKey' };

/** Reads a key. @public @throws Error when it could mean anything but one place inside the store */
export function parseStoreKey(text: string): StoreKey {
  if (text.length > 200 || !/^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*$/.test(text)) throw new Error('A store key holds lower-case letters, digits and hyphens in parts joined by "/".');
  return text as StoreKey;
}

/** @public */
export interface BytesFromStore { readonly sizeInBytes: number; readonly stream: Readable }

/**
 * Keeps bytes for one council: a folder, a bucket. A store throws Unavailable when it cannot be reached or is full.
 * @public
 */
export interface DocumentStore {
  /**
   * Writes all of the content, as large and with the hash that it says, or nothing: until it is done, and after a failure, the key reads as it did before. Durable when it returns.
   * Writing a key again replaces its bytes. The content is read as it is written, and anew for every try: no more than a little of it is held in memory.
   */
  put(key: StoreKey, content: BytesAtRest, options: { readonly contentType: string }): Promise<void>;
  /** Undefined when there is nothing under the key. A range beyond the end is cut to what there is. */
  get(key: StoreKey, range?: ByteRange): Promise<BytesFromStore | undefined>;
  /** Deletes; nothing under the key is not an error. */
  delete(key: StoreKey): Promise<void>;
}

/** The port: `documents({ providers: [localDisk()] })`. @public */
export const DOCUMENT_STORE = definePort<DocumentStore>('documents.document-store', '0.1.0');
