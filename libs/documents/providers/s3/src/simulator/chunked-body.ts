/** One chunk of an `aws-chunked` body. */
export interface BodyChunk { readonly bytes: Buffer; readonly signature?: string }

const LONGEST_LINE_IN_BYTES = 4_096;
const LARGEST_CHUNK_IN_BYTES = 64 * 1024 * 1024;

/** Reads `aws-chunked`: a length in hexadecimal, perhaps a signature, the bytes; at the end a chunk of nought and trailers ("Transferring Payload in Multiple Chunks"). */
export class ChunkedBody {
  #waiting: Buffer = Buffer.alloc(0);
  #chunk: { readonly size: number; readonly signature: string | undefined } | undefined;
  #isInTrailers = false;
  readonly trailers = new Map<string, string>();

  /** Whether the last chunk has come; trailers may stand behind it. */
  get isOver(): boolean { return this.#isInTrailers; }

  /** @throws RangeError when it is not in this form */
  *read(data: Buffer): Generator<BodyChunk> {
    this.#waiting = this.#waiting.byteLength ? Buffer.concat([this.#waiting, data]) : data;
    for (;;) {
      if (this.#isInTrailers) {
        const line = this.#line();
        if (line === undefined) return;
        const at = line.indexOf(':');
        if (at > 0) this.trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
        continue;
      }
      if (!this.#chunk) {
        const line = this.#line();
        if (line === undefined) return;
        const [, hex, signature] = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
        const size = Number.parseInt(hex ?? '', 16);
        if (!(size <= LARGEST_CHUNK_IN_BYTES)) throw new RangeError('This is not the head of a chunk.');
        this.#chunk = { size, signature };
      }
      const { size, signature } = this.#chunk;
      if (size > 0 && this.#waiting.byteLength < size + 2) return;
      if (size > 0 && this.#waiting.toString('latin1', size, size + 2) !== '\r\n') throw new RangeError('A chunk does not end where it says.');
      yield { bytes: this.#waiting.subarray(0, size), ...(signature ? { signature } : {}) };
      if (size > 0) this.#waiting = this.#waiting.subarray(size + 2);
      else this.#isInTrailers = true;
      this.#chunk = undefined;
    }
  }

  #line(): string | undefined {
    const end = this.#waiting.indexOf('\r\n');
    if (end < 0) {
      if (this.#waiting.byteLength > LONGEST_LINE_IN_BYTES) throw new RangeError('A line does not end.');
      return undefined;
    }
    const line = this.#waiting.toString('latin1', 0, end);
    this.#waiting = this.#waiting.subarray(end + 2);
    return line;
  }
}
