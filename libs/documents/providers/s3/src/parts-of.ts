/** A part of a stream: every one but the last has the whole size. */
export interface StreamPart { readonly bytes: Buffer; readonly isLast: boolean }

/** Cuts a stream into parts; an empty stream is one empty part. No more than one part and what comes at a time is held. */
export async function* partsOf(stream: AsyncIterable<Uint8Array>, partInBytes: number): AsyncGenerator<StreamPart> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    held.push(chunk);
    size += chunk.byteLength;
    // Only when there is more than a part is it known that the part is not the last.
    while (size > partInBytes) {
      const all = Buffer.concat(held);
      yield { bytes: all.subarray(0, partInBytes), isLast: false };
      held = [Buffer.from(all.subarray(partInBytes))];
      size -= partInBytes;
    }
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}
