import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { ClamdAddress } from './options';

/** clamd could not be asked, or did not answer as clamd does. `isTooLarge`: it takes no files of this size. */
export class ClamdFailure extends Error {
  constructor(message: string, readonly isTooLarge = false) { super(message); }
}

const CHUNK_IN_BYTES = 64 * 1024;
/** The longest answers are those to VERSIONCOMMANDS and to finds with long names; whatever is longer is not clamd. */
const MOST_ANSWERED_IN_BYTES = 4_096;

/**
 * Speaks clamd's protocol (the manual page clamd(8), section COMMANDS; tried with clamd 1.4.6): one connection for each command, in the form with `z`, in which commands and
 * answers end with a NUL, so that an answer that was cut off is never taken for a whole one.
 */
export class ClamdClient {
  constructor(private readonly address: ClamdAddress, private readonly timeoutInSeconds: number) {}

  /** Asks PING or VERSION. @throws ClamdFailure */
  ask(command: 'PING' | 'VERSION'): Promise<string> { return this.#exchange(command, []); }

  /** The verdict on some bytes: `stream: OK`, `stream: Eicar-Test-Signature FOUND`. @throws ClamdFailure */
  async scan(bytes: Uint8Array): Promise<string> {
    const answer = await this.#exchange('INSTREAM', framesOf(bytes));
    if (/size limit exceeded/i.test(answer)) throw new ClamdFailure('clamd takes no files of this size. Raise StreamMaxLength in clamd.conf.', true);
    return answer;
  }

  #exchange(command: string, frames: Iterable<Buffer>): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...this.address });
      const fail = (message: string): void => { socket.destroy(); reject(new ClamdFailure(message)); };
      const timer = setTimeout(() => fail(`clamd did not answer within ${this.timeoutInSeconds} seconds`), this.timeoutInSeconds * 1_000);
      let answer = Buffer.alloc(0);
      let isSent = false;
      socket.on('data', (data) => {
        answer = Buffer.concat([answer, data]);
        const end = answer.indexOf(0);
        if (end < 0) return answer.byteLength > MOST_ANSWERED_IN_BYTES ? fail('What answers is not clamd') : undefined;
        const text = answer.subarray(0, end).toString('utf8');
        // "Clean" before it had everything would be said of something else; a find or an error may come at any time.
        if (!isSent && text.endsWith('OK')) return fail('clamd answered before it had the whole file');
        socket.destroy();
        resolve(text);
      });
      socket.on('error', (error: NodeJS.ErrnoException) => fail(`clamd cannot be reached (${error.code ?? 'unknown'})`));
      socket.on('close', () => { clearTimeout(timer); reject(new ClamdFailure('clamd closed the connection without an answer')); });
      socket.on('connect', () => {
        void send(socket, Buffer.from(`z${command}\0`), frames).then(() => { isSent = true; }, () => undefined);
      });
    });
  }
}

/** Chunks behind their lengths (four bytes, network byte order); a length of nought is the end. Sent one by one, as fast as clamd reads. */
function* framesOf(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.byteLength; at += CHUNK_IN_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_IN_BYTES);
    yield lengthOf(chunk.byteLength);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  yield lengthOf(0);
}

function lengthOf(size: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size);
  return length;
}

async function send(socket: Socket, command: Buffer, frames: Iterable<Buffer>): Promise<void> {
  const write = (bytes: Buffer): Promise<void> => new Promise((resolve, reject) => { socket.write(bytes, (error) => (error ? reject(error) : resolve())); });
  await write(command);
  for (const frame of frames) await write(frame);
}
