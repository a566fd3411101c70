import { readFile, readdir, writeFile } from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { aCase, aPhoto, backOfficeKit } from '@guildhall/back-office-contract/testing';
import { Unavailable, testReportedConformance } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { csvDrop } from './index';
import { CsvDropProvider } from './csv-drop.provider';
import { ExchangeFolder } from './exchange-folder';
import { SendBatches } from './send-batches';
import { START, casesIn, drop, source } from './testing/conformance-harness';

const reported = testReportedConformance(backOfficeKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../conformance.json');
  const written = `${JSON.stringify(reported('@guildhall/back-office-provider-csv-drop'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});

describe('files', () => {
  let here: Awaited<ReturnType<typeof source.open>>;
  beforeEach(async () => { here = await source.open(); });
  afterEach(() => source.close?.(here));
  const ask = (since = START) => here.provider.progress({ since, farReferences: [] });

  it('hold the cases of one batch each, no part of one, and nothing that a spreadsheet would run; numbers stay numbers', async () => {
    const formulas = ['=1+1', '+44 7700 900123', '-2', '@SUM(A1)', '\t=1', '＝1'];
    for (const answer of formulas) await here.provider.handOver(aCase({ summary: answer, contact: { phone: answer } }));
    await ask();
    await here.provider.handOver(aCase());
    await ask();
    await ask();
    expect((await readdir(join(here.folder, 'out'))).filter((name) => !/^cases-20261123T120000Z-[0-9a-f]{12}\.csv$/.test(name))).toEqual([]);
    expect(await readdir(join(here.folder, 'out'))).toHaveLength(2);
    const rows = await casesIn(here.folder);
    expect(rows).toHaveLength(7);
    for (const row of rows.filter(({ phone }) => phone !== '')) for (const cell of [row['summary'], row['phone']]) expect(cell).toMatch(/^'/);
    expect(new Set(rows.map(({ longitude }) => longitude))).toEqual(new Set(['-1.5']));
  });
  it.each([['before its file is written', undefined], ['before it is sent', 'is-written'], ['after it was sent', 'sent']] as const)('hold each case once when the process dies in a batch: %s', async (_when, reached) => {
    const given = aCase();
    const folder = new ExchangeFolder(here.folder);
    await here.provider.handOver(given);
    const batch = ['.work', 'batches', '20261123T115500Z-000000000000'] as const;
    await folder.move(['.work', 'waiting', `${given.caseId}.json`], [...batch, `${given.caseId}.json`]);
    if (reached) await folder.write([...batch, 'is-written'], '');
    if (reached === 'is-written') await folder.write([...batch, 'cases.csv'], `case_id\r\n${given.caseId}\r\n`);
    if (reached === 'sent') await folder.write(['out', 'cases-20261123T115500Z-000000000000.csv'], `case_id\r\n${given.caseId}\r\n`);
    // The module knows nothing of it and hands the case over again; another process carries the batch on.
    await here.provider.handOver({ ...given, attempt: 2 });
    await ask();
    await here.provider.handOver({ ...given, attempt: 3 });
    await new SendBatches(folder).flush(here.clock.now());
    expect((await casesIn(here.folder)).map((row) => row['case_id'])).toEqual([given.caseId]);
    expect(await folder.list('.work', 'batches')).toEqual([]);
  });
  it('of photos lie beside the file that names them, each there before it, whole and once, when the process dies between them too', async () => {
    const given = aCase({ photos: [aPhoto(), aPhoto()] });
    const names = [1, 2].map((number) => `${given.reference}-${number}.jpg`);
    await here.provider.handOver(given);
    await here.provider.handOver({ ...given, attempt: 2 });
    const folder = new ExchangeFolder(here.folder);
    // The process died after it had sent the first photo, and the system's transfer has taken that away.
    await folder.move(['.work', 'photos', given.caseId, names[0] ?? ''], ['taken', names[0] ?? '']);
    await ask();
    expect((await readdir(join(here.folder, 'out'))).filter((name) => !name.endsWith('.csv'))).toEqual([names[1]]);
    expect((await casesIn(here.folder)).map((row) => row['photos'])).toEqual([names.join(';')]);
    await here.provider.handOver({ ...given, attempt: 3 });
    await ask();
    expect([await folder.list('.work', 'photos'), (await casesIn(here.folder)).length]).toEqual([[], 1]);
  });
  it('of photos of a case that never went its way are forgotten after a week', async () => {
    await expect(here.provider.handOver(aCase({ photos: [aPhoto(), aPhoto({ bytes: () => Promise.reject(new Unavailable('The store does not answer.')) })] }))).rejects.toMatchObject({ code: 'unavailable' });
    const folder = new ExchangeFolder(here.folder);
    expect([await folder.list('out'), (await folder.list('.work', 'photos')).length]).toEqual([[], 1]);
    await new SendBatches(folder).flush(new Date());
    expect(await folder.list('.work', 'photos')).toHaveLength(1);
    await new SendBatches(folder).flush(new Date(Date.now() + 8 * 86_400_000));
    expect(await folder.list('.work', 'photos')).toEqual([]);
  });
  it('of progress are read row by row: what cannot be read is listed with its line and what is wrong, and the others are taken', async () => {
    await drop(here.folder, 'told.csv', [['Reference', 'status', 'at', 'text'], ['RB-1', 'In Progress', '2026-11-23T10:00:00Z', 'a "b"'], ['', 'fixed', '2026-11-23T10:00:00Z', ''], ['RB-2', '', '2026-11-23T10:00:00Z', ''], ['RB-3', 'fixed', 'yesterday', '=cmd'], ['RB-4', 'fixed'], ['RB-5', 'fixed', '2026-11-23T11:00:00+01:00', '']]);
    await writeFile(join(here.folder, 'in', 'half.csv.part'), 'reference,st');
    expect((await ask()).map(({ caseReference, status, text }) => [caseReference, status, text])).toEqual([['RB-1', 'in_progress', 'a "b"'], ['RB-5', 'fixed', undefined]]);
    const faults = parse(await readFile(join(here.folder, 'faults', 'told.csv')), { relax_column_count: true }) as string[][];
    expect(faults.slice(1).map(([line, problem]) => [line, problem])).toEqual([['3', 'it names no case'], ['4', 'it has no status'], ['5', expect.stringContaining('instant') as string], ['6', 'it has 2 cells, and there are 4 columns']]);
    expect(faults[3]?.at(-1)).toBe("'=cmd");
    expect(here.log.lines).toMatchObject([{ level: 'warn', event: 'back-office.rows-not-read', ids: { rows: 4 } }]);
    expect(await here.provider.check()).toMatchObject({ ok: false, message: expect.stringContaining('rows of 1 file could not be read') as string });
  });
  it.each([['nothing', ''], ['no UTF-8', Buffer.from([0x72, 0xe9, 0x66, 0x0a])], ['other columns', 'a,b\n1,2\n'], ['an open quote', 'reference,status,at\n"RB-1,fixed,']])('of progress with %s are listed as a whole, and stop nobody else', async (_what, content) => {
    await new ExchangeFolder(here.folder).write(['in', 'good.csv'], 'their_reference;status;at\nD-1;fixed;2026-11-23T10:00:00Z\n');
    await writeFile(join(here.folder, 'in', 'bad.csv'), content);
    expect((await ask()).map(({ farReference }) => farReference)).toEqual(['D-1']);
    expect(await readdir(join(here.folder, 'faults'))).toEqual(['bad.csv']);
  });
  it('of progress stay until what they say is kept, and are then put away; the same rows have the same ids', async () => {
    await drop(here.folder, 'told.csv', [['reference', 'status', 'at'], ['RB-1', 'fixed', '2026-11-23T10:00:00Z'], ['RB-1', 'fixed', '2026-11-23T10:05:00Z']]);
    const first = await ask();
    expect(new Set(first.map(({ progressId }) => progressId)).size).toBe(2);
    expect(await ask()).toEqual(first);
    // What the module has heard of until then is kept there.
    expect(await ask(new Date(Date.now() + 60_000))).toEqual([]);
    expect(await readdir(join(here.folder, 'in'))).toEqual(['done']);
    expect(await readdir(join(here.folder, 'in', 'done'))).toHaveLength(1);
  });
  it('of progress are read when nothing has been written to them for a minute: a row that was cut off would be told as one thing, and whole as another', async () => {
    const patient = csvDrop({ folder: here.folder }).create(testProviderDependencies()) as CsvDropProvider;
    const told = async (since = START): Promise<readonly unknown[]> => (await patient.progress({ since, farReferences: [] })).map(({ caseReference, text }) => [caseReference, text]);
    await new ExchangeFolder(here.folder).write(['in', 'told.csv'], 'reference,status,at,text\nRB-1,fixed,2026-11-23T10:00:00Z,Filled and rol');
    expect(await told()).toEqual([]);
    // Nor is it put away unread, whatever has been kept meanwhile.
    expect(await told(new Date(Date.now() + 30_000))).toEqual([]);
    await writeFile(join(here.folder, 'in', 'told.csv'), 'reference,status,at,text\nRB-1,fixed,2026-11-23T10:00:00Z,Filled and rolled.\n');
    const later = jest.spyOn(ExchangeFolder.prototype, 'now').mockResolvedValue(new Date(Date.now() + 61_000));
    try { expect(await told()).toEqual([['RB-1', 'Filled and rolled.']]); } finally { later.mockRestore(); }
  });
  it('have a folder that can be looked at; one that cannot be used is there again later', async () => {
    expect(await here.provider.check()).toMatchObject({ ok: true });
    const file = join(here.folder, 'a-file');
    await writeFile(file, '');
    const broken = csvDrop({ folder: join(file, 'below') }).create(testProviderDependencies()) as CsvDropProvider;
    expect(await broken.check()).toMatchObject({ ok: false, message: expect.stringContaining('ENOTDIR') as string });
    await expect(broken.handOver(aCase())).rejects.toMatchObject({ code: 'unavailable' });
    expect(() => csvDrop({ folder: 'exchange' })).toThrow('whole path');
  });
});
