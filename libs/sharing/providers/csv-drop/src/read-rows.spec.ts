import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEncoding, type FirstLook } from './find-encoding';
import { readRows } from './read-rows';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rows-'));
  file = path.join(folder, 'people.csv');
});
afterEach(() => rm(folder, { recursive: true }));

async function readAll(look: FirstLook): Promise<number> {
  let count = 0;
  for await (const row of readRows(file, look, ['id'], ',')) count += row.isWhole ? 1 : 0;
  return count;
}

describe('rows of a file', () => {
  it('are not believed when it changed since it was looked at first, even if it has as many', async () => {
    await writeFile(file, 'id,name\n1,Ann\n');
    const look = await findEncoding(file, undefined);
    expect(await readAll(look)).toBe(1);
    await writeFile(file, 'id,name\n1,Bob\n');
    await expect(readAll(look)).rejects.toMatchObject({ reason: 'changing' });
  });
  it('are not believed when it is no more what it was, in the middle of a letter', async () => {
    await writeFile(file, 'id,name\n1,Ann\n');
    const look = await findEncoding(file, undefined);
    await writeFile(file, Buffer.from([...Buffer.from('id,name\n1,'), 0xe9, 0x0a]));
    await expect(readAll(look)).rejects.toMatchObject({ reason: 'encoding' });
  });
});

describe('the encoding of a file', () => {
  const chunk = Buffer.alloc(256 * 1024 - 1, 'x');
  it('is UTF-8 wherever a chunk of it ends', async () => {
    await writeFile(file, Buffer.concat([chunk, Buffer.from('é')]));
    expect((await findEncoding(file, undefined)).encoding).toBe('utf-8');
  });
  it('is not guessed where some of it is UTF-8, wherever a chunk of it ends', async () => {
    await writeFile(file, Buffer.concat([chunk, Buffer.from('é'), Buffer.from([0xe9, 0x0a])]));
    await expect(findEncoding(file, undefined)).rejects.toMatchObject({ reason: 'encoding' });
    expect((await findEncoding(file, 'windows-1252')).encoding).toBe('windows-1252');
  });
});
