import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { provenBytes } from '@guildhall/kernel-contract';
import type { ClamdAddress } from './options';

/** clamd could not be asked, or did not answer as clamd does. `too-large`: it takes no files of this size; `did-not-scan`: it answered that it cannot scan this one. */
export class ClamdFailure extends Error {
  constructor(message: string, readonly answered?: 'too-large' | 'did-not-scan') { super(message); }
}

/** The longest answers are those to VERSIONCOMMANDS and to finds with long names; whatever is longer is not clamd. */
const MOST_ANSWERED_IN_BYTES = 4_096;

/**
 * Speaks clamd's protocol (the manual page clamd(8), section COMMANDS; tried with clamd 1.4.6): one connection for each command, in the form with `z`, in which commands and
 * answers end with a NUL, so that an answer that was cut off is never taken for a whole one.
 */
export class ClamdClient {
  constructor(private readonly address: ClamdAddress, private readonly timeoutInSeconds: number) {}

  /** Asks PING or VERSION. @throws ClamdFailure */
  ask(command: 'PING' | 'VERSION'): Promise<string> { return this.#exchange(command); }

  /** The verdict on some content: `stream: OK`, `stream: Eicar-Test-Signature FOUND`. @throws ClamdFailure, and what reading the content throws */
  async scan(content: BytesAtRest): Promise<string> {
    const answer = await this.#exchange('INSTREAM', content);
    if (/size limit exceeded/i.test(answer)) throw new ClamdFailure('clamd takes no files of this size. Raise StreamMaxLength in clamd.conf.', 'too-large');
    return answer;
  }

  #exchange(command: string, content?: BytesAtRest): Promise<string> {
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
        void send(socket, Buffer.from(`z${command}\0`), content).then(() => { isSent = true; }, (error: Error) => {
          // What happens on the socket is told by its own events, and an answer may have come all the same. What happens while the content is read nobody else tells.
          if (error instanceof ClamdFailure) return;
          socket.destroy();
          reject(error);
        });
      });
    });
  }
}

/** Chunks go behind their lengths (four bytes, network byte order); a length of nought is the end. Sent one by one, as fast as clamd reads. */
async function send(socket: Socket, command: Buffer, content: BytesAtRest | undefined): Promise<void> {
  const write = (bytes: Uint8Array): Promise<void> => new Promise((resolve, reject) => { socket.write(bytes, (error) => (error ? reject(new ClamdFailure(error.message)) : resolve())); });
  await write(command);
  if (!content) return;
  for await (const chunk of provenBytes(content.read(), content) as AsyncIterable<Uint8Array>) {
    await write(lengthOf(chunk.byteLength));
    await write(chunk);
  }
  await write(lengthOf(0));
}

function lengthOf(size: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size);
  return length;
}
