import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BytesAtRest, Log } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';

/** Bytes that lie on this server's disk until they are let go. @public */
export interface TemporaryFile extends BytesAtRest {
  /** Lets go of them. Doing it again changes nothing. */
  discard(): Promise<void>;
}

const CHUNK_IN_BYTES = 64 * 1024;

/**
 * Keeps bytes on this server's disk while they are looked at, so that they are not in its memory: what people send, until it is kept or refused. A file loses its name as soon as it is open:
 * nobody else can open it, and the system clears it away with the process, however that ends. What all of them together take is bounded.
 * @public
 */
export class TemporaryFiles {
  #heldInBytes = 0;
  #folder: Promise<void> | undefined;

  constructor(private readonly folder: string, private readonly mostInBytes: number, private readonly log: Log) {}

  /** What all files take now. */
  get heldInBytes(): number { return this.#heldInBytes; }

  /**
   * Writes down whatever comes.
   * @throws Unavailable when there is no room: of what came nothing is left. What the sender's stream throws is thrown on
   */
  async write(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<TemporaryFile> {
    const hash = createHash('sha256');
    let file: FileHandle | undefined;
    let sizeInBytes = 0;
    let isHeld = true;
    const discard = async (): Promise<void> => {
      if (!isHeld) return;
      isHeld = false;
      // Its room is free when the file is closed, which waits for whoever is reading.
      await file?.close();
      this.#heldInBytes -= sizeInBytes;
    };
    try {
      for await (const chunk of content) {
        if (this.#heldInBytes + chunk.byteLength > this.mostInBytes) throw new Unavailable('Many files are being received at the moment. Send it again.', 10);
        this.#heldInBytes += chunk.byteLength;
        sizeInBytes += chunk.byteLength;
        hash.update(chunk);
        file ??= await this.#reaching(() => this.#open());
        const opened = file;
        await this.#reaching(() => opened.writeFile(chunk));
      }
    } catch (error) {
      await discard();
      throw error;
    }
    return {
      sizeInBytes, sha256: hash.digest('hex'), discard,
      read: ({ start, end } = { start: 0, end: sizeInBytes - 1 }) => Readable.from(this.#chunks(file, start, Math.min(end, sizeInBytes - 1)), { objectMode: false }),
    };
  }

  async *#chunks(file: FileHandle | undefined, start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; file && at <= end;) {
      const length = Math.min(CHUNK_IN_BYTES, end - at + 1);
      const { buffer, bytesRead } = await this.#reaching(() => file.read(Buffer.allocUnsafe(length), 0, length, at));
      if (bytesRead === 0) throw new Unavailable('What was received cannot be read any more.');
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async #open(): Promise<FileHandle> {
    await (this.#folder ??= this.#clear().catch((error: unknown) => {
      this.#folder = undefined;
      throw error;
    }));
    const name = join(this.folder, randomUUID());
    const file = await open(name, 'wx+', 0o600);
    await rm(name, { force: true });
    return file;
  }

  /** A name that is there was left by a crash in the moment between the two lines above; another process that is in that moment just now loses nothing by it. */
  async #clear(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { force: true });
  }

  async #reaching<Result>(doing: () => Promise<Result>): Promise<Result> {
    try { return await doing(); } catch (error) {
      const { code } = error as { code?: string };
      this.log.error('temporary-files.failed', { code });
      throw new Unavailable('Files cannot be received at the moment.');
    }
  }
}
