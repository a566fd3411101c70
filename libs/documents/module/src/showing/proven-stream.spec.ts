import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { provenStream } from './proven-stream';

const bytes = Buffer.alloc(500_000, 'abc');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const inParts = (of: Buffer): Readable => Readable.from([of.subarray(0, 200_000), of.subarray(200_000)].filter((part) => part.byteLength));
async function read(stream: Readable): Promise<{ readonly got: Buffer; readonly error: unknown }> {
  const chunks: Buffer[] = [];
  try { for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk); } catch (error) { return { got: Buffer.concat(chunks), error }; }
  return { got: Buffer.concat(chunks), error: undefined };
}

describe('the bytes of a document', () => {
  it('that are those of the record come whole', async () => {
    const { got, error } = await read(provenStream(inParts(bytes), sha256, bytes.byteLength, () => { throw new Error('no'); }));
    expect([got.equals(bytes), error]).toEqual([true, undefined]);
  });
  it.each([['changed', Buffer.concat([Buffer.from('X'), bytes.subarray(1)])], ['too few', bytes.subarray(0, 200_000)], ['too many', Buffer.concat([bytes, bytes])], ['none', Buffer.alloc(0)]])('that are %s never come whole, and somebody is told', async (_, other) => {
    let told = 0;
    const { got, error } = await read(provenStream(inParts(other), sha256, bytes.byteLength, () => { told++; }));
    expect(error).toMatchObject({ code: 'unavailable' });
    expect([got.byteLength < Math.max(1, other.byteLength), told]).toEqual([true, 1]);
  });
  it('let go of the store when the reader leaves', async () => {
    const source = inParts(bytes);
    const stream = provenStream(source, sha256, bytes.byteLength, () => undefined);
    stream.destroy();
    await new Promise((resolve) => source.once('close', resolve));
    expect(source.destroyed).toBe(true);
  });
});
