import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Received } from './read-payload';
import { S3Error, noSuchUpload } from './s3-error';

/** What an object's headers say of it. */
export interface ObjectHeaders { readonly contentType: string; readonly contentDisposition?: string; readonly cacheControl?: string; readonly encryption: string; readonly encryptionKey?: string; readonly metadata: Readonly<Record<string, string>> }
/** An object, without its bytes. */
export interface KeptObject extends ObjectHeaders { readonly key: string; readonly sizeInBytes: number; readonly etag: string; readonly checksums: Readonly<Record<string, string>>; readonly modifiedAt: string; readonly bytesFile: string }
/** A multipart upload that is neither completed nor aborted. */
export interface OpenUpload extends ObjectHeaders { readonly id: string; readonly key: string; readonly beganAt: string; readonly checksum?: string }
/** One part of it. */
export interface KeptPart { readonly number: number; readonly sizeInBytes: number; readonly etag: string; readonly checksums: Readonly<Record<string, string>>; readonly modifiedAt: string; readonly bytesFile: string }

/**
 * A bucket in a folder: the bytes of each object in a file of their own, and a small file that says which are whose. Bytes are written beside and the small file is moved into place, so that a reader
 * sees an object whole or not at all, and one that has begun to read goes on reading what was there.
 */
export class BucketFolder {
  constructor(readonly name: string, private readonly folder: string) {}

  async make(): Promise<void> {
    for (const part of ['objects', 'bytes', 'uploads']) await mkdir(path.join(this.folder, part), { recursive: true, mode: 0o700 });
  }

  /** A place for bytes that are on their way. */
  newBytesFile(): string { return path.join(this.folder, 'bytes', randomBytes(12).toString('hex')); }

  async put(object: KeptObject): Promise<void> {
    const before = await this.find(object.key);
    await this.#write(this.#objectFile(object.key), object);
    if (before) await rm(before.bytesFile, { force: true });
  }
  async find(key: string): Promise<KeptObject | undefined> { return readJson<KeptObject>(this.#objectFile(key)); }
  async delete(key: string): Promise<void> {
    const before = await this.find(key);
    await rm(this.#objectFile(key), { force: true });
    if (before) await rm(before.bytesFile, { force: true });
  }
  /** By key, in the order of their UTF-8 bytes, as S3 lists them. */
  async all(): Promise<KeptObject[]> {
    const names = await readdir(path.join(this.folder, 'objects'));
    const found = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readJson<KeptObject>(path.join(this.folder, 'objects', name))));
    return found.filter((object) => object !== undefined).sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  /** The bytes from one place to another, both included. The file is open before this returns: a deletion does not disturb whoever reads. */
  async read(object: KeptObject, start: number, end: number): Promise<Readable> {
    if (end < start) return Readable.from([]);
    return (await open(object.bytesFile, 'r')).createReadStream({ start, end });
  }

  async begin(upload: OpenUpload): Promise<void> {
    await mkdir(this.#uploadFolder(upload.id), { recursive: true, mode: 0o700 });
    await this.#write(path.join(this.#uploadFolder(upload.id), 'upload.json'), upload);
  }
  async upload(id: string): Promise<OpenUpload> {
    const found = /^[0-9a-f]{32}$/.test(id) ? await readJson<OpenUpload>(path.join(this.#uploadFolder(id), 'upload.json')) : undefined;
    if (!found) throw noSuchUpload(id);
    return found;
  }
  async uploads(): Promise<OpenUpload[]> {
    const ids = await readdir(path.join(this.folder, 'uploads'));
    const found = await Promise.all(ids.map((id) => readJson<OpenUpload>(path.join(this.#uploadFolder(id), 'upload.json'))));
    return found.filter((upload) => upload !== undefined).sort((a, b) => (a.key + a.beganAt < b.key + b.beganAt ? -1 : 1));
  }
  async putPart(uploadId: string, part: KeptPart): Promise<void> {
    const file = path.join(this.#uploadFolder(uploadId), `${part.number}.json`);
    const before = await readJson<KeptPart>(file);
    await this.#write(file, part);
    if (before) await rm(before.bytesFile, { force: true });
  }
  async parts(uploadId: string): Promise<KeptPart[]> {
    const names = await readdir(this.#uploadFolder(uploadId)).catch(() => []);
    const found = await Promise.all(names.filter((name) => /^\d+\.json$/.test(name)).map((name) => readJson<KeptPart>(path.join(this.#uploadFolder(uploadId), name))));
    return found.filter((part) => part !== undefined).sort((a, b) => a.number - b.number);
  }
  /** Puts parts together as one object's bytes. */
  async join(parts: readonly KeptPart[]): Promise<{ readonly bytesFile: string; readonly sizeInBytes: number; readonly etag: string }> {
    const bytesFile = this.newBytesFile();
    const target = await open(bytesFile, 'wx', 0o600);
    const hash = createHash('md5');
    try {
      for (const part of parts) {
        for await (const chunk of createReadStream(part.bytesFile) as AsyncIterable<Buffer>) await target.writeFile(chunk);
        hash.update(Buffer.from(part.etag, 'hex'));
      }
    } finally { await target.close(); }
    return { bytesFile, sizeInBytes: parts.reduce((sum, part) => sum + part.sizeInBytes, 0), etag: `${hash.digest('hex')}-${parts.length}` };
  }
  async end(uploadId: string): Promise<void> {
    for (const part of await this.parts(uploadId)) await rm(part.bytesFile, { force: true });
    await rm(this.#uploadFolder(uploadId), { recursive: true, force: true });
  }

  #objectFile(key: string): string { return path.join(this.folder, 'objects', `${createHash('sha256').update(key).digest('hex')}.json`); }
  #uploadFolder(id: string): string { return path.join(this.folder, 'uploads', id); }
  async #write(file: string, content: object): Promise<void> {
    const beside = `${file}.${randomBytes(6).toString('hex')}`;
    await writeFile(beside, JSON.stringify(content), { mode: 0o600 });
    await rename(beside, file).catch(async (error: unknown) => {
      await rm(beside, { force: true });
      // The upload was ended meanwhile, by whoever was quicker.
      throw (error as { code?: string }).code === 'ENOENT' ? new S3Error('NoSuchUpload', 404, 'The specified upload does not exist.') : error;
    });
  }
}

/** An object that has just been received. */
export function objectOf(key: string, headers: ObjectHeaders, bytesFile: string, received: Received, now: Date): KeptObject {
  return { ...headers, key, sizeInBytes: received.sizeInBytes, etag: received.md5, checksums: received.checksums, modifiedAt: now.toISOString(), bytesFile };
}

async function readJson<Content>(file: string): Promise<Content | undefined> {
  try { return JSON.parse(await readFile(file, 'utf8')) as Content; } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
