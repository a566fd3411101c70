/** What a client said: a command with the mark that ends its answers, or the whole of a stream. */
export type Said =
  | { readonly kind: 'command'; readonly name: string; readonly end: '\0' | '\n' }
  | { readonly kind: 'stream'; readonly beginning: Buffer; readonly sizeInBytes: number }
  | { readonly kind: 'too-large' };

/** As many bytes of a stream as a signature is looked for in; the rest is counted and forgotten. */
const LOOKED_AT_IN_BYTES = 4_096;
const LONGEST_COMMAND_IN_BYTES = 1_024;

/** Reads what a client sends, however it is cut: commands in the forms `zNAME\0`, `nNAME\n` and `NAME\n`, and after INSTREAM the chunks behind their lengths. */
export class Conversation {
  #waiting: Buffer = Buffer.alloc(0);
  #stream: { readonly kept: Buffer[]; keptInBytes: number; sizeInBytes: number; chunkLeft: number | undefined } | undefined;

  constructor(private readonly streamMaxInBytes: () => number) {}

  /** @throws RangeError when a command does not end */
  *read(data: Buffer): Generator<Said> {
    this.#waiting = this.#waiting.byteLength ? Buffer.concat([this.#waiting, data]) : data;
    for (;;) {
      const said = this.#stream ? this.#readStream() : this.#readCommand();
      if (!said) return;
      yield said;
      if (said.kind === 'too-large') return;
    }
  }

  #readCommand(): Said | undefined {
    const form = this.#waiting[0];
    const isZ = form === 0x7a;
    const end = this.#waiting.indexOf(isZ ? 0 : 0x0a);
    if (end < 0) {
      if (this.#waiting.byteLength > LONGEST_COMMAND_IN_BYTES) throw new RangeError('The command does not end.');
      return undefined;
    }
    const name = this.#waiting.subarray(isZ || form === 0x6e ? 1 : 0, end).toString('latin1').trim();
    this.#waiting = this.#waiting.subarray(end + 1);
    if (name === 'INSTREAM') this.#stream = { kept: [], keptInBytes: 0, sizeInBytes: 0, chunkLeft: undefined };
    return { kind: 'command', name, end: isZ ? '\0' : '\n' };
  }

  #readStream(): Said | undefined {
    const stream = this.#stream;
    while (stream) {
      if (stream.chunkLeft === undefined) {
        if (this.#waiting.byteLength < 4) return undefined;
        stream.chunkLeft = this.#waiting.readUInt32BE();
        this.#waiting = this.#waiting.subarray(4);
        if (stream.chunkLeft === 0) {
          this.#stream = undefined;
          return { kind: 'stream', beginning: Buffer.concat(stream.kept), sizeInBytes: stream.sizeInBytes };
        }
        // As clamd does: by the length that is announced, before the bytes are there.
        if (stream.sizeInBytes + stream.chunkLeft > this.streamMaxInBytes()) return { kind: 'too-large' };
      }
      const part = this.#waiting.subarray(0, stream.chunkLeft);
      this.#waiting = this.#waiting.subarray(part.byteLength);
      stream.sizeInBytes += part.byteLength;
      stream.chunkLeft -= part.byteLength;
      if (stream.keptInBytes < LOOKED_AT_IN_BYTES) { stream.kept.push(Buffer.from(part)); stream.keptInBytes += part.byteLength; }
      if (stream.chunkLeft > 0) return undefined;
      stream.chunkLeft = undefined;
    }
    return undefined;
  }
}
