import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { atRest, provenBytes } from './bytes-at-rest';

const bytes = Buffer.alloc(500_000, 'abc');
const known = { sizeInBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
const inParts = (of: Buffer): Readable => Readable.from([of.subarray(0, 200_000), of.subarray(200_000)].filter((part) => part.byteLength));
async function read(stream: Readable): Promise<{ readonly got: Buffer; readonly error: unknown }> {
  const chunks: Buffer[] = [];
  try { for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk); } catch (error) { return { got: Buffer.concat(chunks), error }; }
  return { got: Buffer.concat(chunks), error: undefined };
}

describe('bytes at rest', () => {
  it('say how many and what they are, and come as often as they are read, whole or a part of them', async () => {
    const lying = atRest(bytes);
    expect([lying.sizeInBytes, lying.sha256]).toEqual([known.sizeInBytes, known.sha256]);
    for (let times = 0; times < 2; times++) expect((await read(lying.read())).got.equals(bytes)).toBe(true);
    expect((await read(lying.read({ start: 65_535, end: 65_537 }))).got.equals(bytes.subarray(65_535, 65_538))).toBe(true);
    expect((await read(lying.read({ start: 499_999, end: 900_000 }))).got.equals(bytes.subarray(-1))).toBe(true);
    expect((await read(atRest(Buffer.alloc(0)).read())).got.byteLength).toBe(0);
    expect(atRest(lying)).toBe(lying);
  });
});

describe('bytes that are proven on their way', () => {
  it('that are those of the record come whole', async () => {
    const { got, error } = await read(provenBytes(inParts(bytes), known, () => { throw new Error('no'); }));
    expect([got.equals(bytes), error]).toEqual([true, undefined]);
  });
  it.each([['changed', Buffer.concat([Buffer.from('X'), bytes.subarray(1)])], ['too few', bytes.subarray(0, 200_000)], ['too many', Buffer.concat([bytes, bytes])], ['none', Buffer.alloc(0)]])('that are %s never come whole, and somebody is told', async (_, other) => {
    let told = 0;
    const { got, error } = await read(provenBytes(inParts(other), known, () => { told++; }));
    expect(error).toMatchObject({ code: 'unavailable' });
    expect([got.byteLength < Math.max(1, other.byteLength), told]).toEqual([true, 1]);
  });
  it('let go of the store when the reader leaves', async () => {
    const source = inParts(bytes);
    const stream = provenBytes(source, known);
    stream.destroy();
    await new Promise((resolve) => source.once('close', resolve));
    expect(source.destroyed).toBe(true);
  });
});
