import { appendFile, mkdir, mkdtemp, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CouncilId } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { csvRegister } from './csv-register';
import type { CsvRegisterOptions } from './csv-register.options';
import type { CsvRegister } from './csv-register.provider';

const ctx = testContext();
const HEADER = 'id,name,dob,addr,pc';
const COLUMNS: CsvRegisterOptions['columns'] = { source: 'register', localId: 'id', attributes: { 'person.name': { column: 'name' }, 'person.date-of-birth': { column: 'dob' }, 'address.current': { lines: ['addr'], postcode: 'pc' } } };
let top: string;
let clock: FixedClock;
let log: RecordedLog;

beforeEach(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'csv-register-'));
  await mkdir(path.join(top, 'drop'));
  clock = new FixedClock('2026-11-23T06:00:00Z');
  log = new RecordedLog();
});
afterEach(() => rm(top, { recursive: true, force: true }));

function open(changes: Partial<CsvRegisterOptions> = {}, councilId = '01990000-0000-7000-8000-000000000001'): CsvRegister {
  return csvRegister({ folder: path.join(top, 'drop'), file: 'people*.csv', columns: COLUMNS, ...changes })
    .create(testProviderDependencies({ log, clock, dataFolder: path.join(top, 'data'), council: testCouncil({ id: councilId as CouncilId }) })) as CsvRegister;
}
async function drop(content: string | Buffer, { name = 'people.csv', at = '2026-11-23T02:00:00Z' } = {}): Promise<void> {
  const file = path.join(top, 'drop', name);
  await writeFile(file, content);
  await utimes(file, new Date(at), new Date(at));
}
const rows = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;
const people = (count: number, name = 'Ann'): string => rows(...Array.from({ length: count }, (_, at) => `${at + 1},${name} ${at + 1},,,`));
const nameOf = async (register: CsvRegister, localId = '1'): Promise<unknown> => (await register.read(ctx, localId, ['person.name']))[0]?.value;
async function keptFiles(): Promise<readonly string[]> { return (await readdir(path.join(top, 'data'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name).sort(); }
/** What another server, or the same one after a new start, would tell. */
async function afterwards(changes: Partial<CsvRegisterOptions> = {}): Promise<unknown> {
  const register = open(changes);
  await register.check();
  return nameOf(register);
}

describe('files of letters', () => {
  const accented = `${HEADER}\r\n1,"Siân ""Nan"" O'Brien, née Zoë","1951-02-28","Flat 2\r\n7 High Street",ZZ99 1AB\r\n2,Tomás,,,\r\n`;
  it.each([
    ['UTF-8', Buffer.from(accented)], ['UTF-8 with a mark', Buffer.from(`\ufeff${accented}`)], ['Windows-1252', Buffer.from(accented, 'latin1')], ['UTF-16 with a mark', Buffer.from(`\ufeff${accented}`, 'utf16le')],
    ['line feeds', Buffer.from(accented.replaceAll('\r\n', '\n'))], ['carriage returns', Buffer.from(accented.replaceAll('\r\n', '\r'))], ['no last line end', Buffer.from(accented.slice(0, -2))], ['empty lines', Buffer.from(accented.replace('ZZ99 1AB\r\n', 'ZZ99 1AB\r\n\r\n \r\n'))],
    ['names in quotes', Buffer.from(accented.replace(HEADER, '"id"," name ","dob","addr","pc"'))],
  ])('are read in %s', async (_, content) => {
    await drop(content);
    const register = open();
    expect((await register.read(ctx, '1', register.attributes)).map(({ value }) => value)).toEqual(['Siân "Nan" O\'Brien, née Zoë', '1951-02-28', { lines: ['Flat 2 7 High Street'], postcode: 'ZZ99 1AB' }]);
    expect(await nameOf(register, '2')).toBe('Tomás');
  });
  it('are read with the signs that only Windows-1252 has', async () => {
    await drop(Buffer.concat([Buffer.from(`${HEADER}\n1,O`), Buffer.from([0x92]), Buffer.from('Brien '), Buffer.from([0x80]), Buffer.from(',,,\n')]));
    expect(await nameOf(open())).toBe('O’Brien €');
  });
  it.each([';', '\t', '|'] as const)('are read with %j between cells', async (delimiter) => {
    await drop(people(2).replaceAll(',', delimiter));
    expect(await nameOf(open({ delimiter }))).toBe('Ann 1');
    expect((await open().check()).message).toContain('one column only: is the delimiter right?');
  });
  it('are read wherever a chunk of them ends', async () => {
    const names = Array.from({ length: 9000 }, (_, at) => `${'â'.repeat(at % 7)}"x${at}"`);
    await drop(`${[HEADER, ...names.map((name, at) => `${at},"${name.replaceAll('"', '""')}",,"${at % 5 ? '' : 'a\r\n'}b",`)].join('\r\n')}\r\n`);
    const register = open();
    for (const at of [0, 1, 4567, 8999]) expect(await nameOf(register, String(at))).toBe(names[at]);
    expect(await register.report()).toMatchObject([{ rows: 9000, people: 9000, ofAnotherLength: { count: 0 }, attributes: { 'address.current': { known: 0, misfits: { count: 9000, lines: [2, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 22, 23, 24, 25] } } } }]);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['is empty', '', 'It is empty.'], ['has only its first line', `${HEADER}\n`, 'Nobody is in it.'], ['has nobody in it', rows(',Ann,,,'), 'Nobody is in it.'],
    ['lacks a column', 'id,name,dob\n1,CANARY,\n', 'Its first line does not name addr, pc.'], ['has no line of names', '1,CANARY,1951-02-28,CANARY,CANARY\n', 'Its first line does not name id, name, dob, addr, pc.'], ['has a column twice', `${HEADER},name\n1,a,,,,b\n`, 'Its first line names name twice.'],
    ['ends within quotes', rows('1,Ann,,,', '2,"CANARY,,,'), 'A quote that is opened at line 3 is never closed.'], ['ends within a row', rows('1,Ann,,,', '2,CANARY').trimEnd(), 'It ends in the middle of a row, at line 3.'],
    ['has a quote within a cell', rows('1,Ann,,,', '2,CANARY "x",,,'), 'A quote at line 3 stands within a cell'], ['has a quote that swallows the rest', rows('1,"CANARY,,,', ...Array.from({ length: 9000 }, () => '2,CANARY,,,')), 'a quote before it is never closed'],
    ['is UTF-8 and something else', Buffer.concat([Buffer.from(rows('1,CANARY é,,,')), Buffer.from([0x32, 0x2c, 0xe9, 0x2c, 0x2c, 0x2c, 0x0a])]), 'Some of it is UTF-8 and some is not.'], ['ends within a letter', Buffer.from(rows('1,CANARY,,,')+'2,é').subarray(0, -1), 'It ends in the middle of a letter.'],
    ['is no text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 'It is no text'], ['is UTF-16 the other way round', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le').swap16(), 'It is no text'],
  ])('%s: the one before is told from, and the check says why, without a word of it', async (_, content, sentence) => {
    const register = open();
    await drop(people(1), { name: 'people-1.csv', at: '2026-11-22T02:00:00Z' });
    expect(await nameOf(register)).toBe('Ann 1');
    await drop(content, { name: 'people-2.csv' });
    const check = await register.check();
    expect(check).toMatchObject({ ok: false, message: expect.stringContaining('csv-drop: 1 people are told of from people-1.csv, taken at 2026-11-23T06:00:00.000Z. people-2.csv cannot be used. ') as string });
    expect(check.message).toContain(sentence);
    expect(check.message + JSON.stringify(log.lines)).not.toMatch(/CANARY|Ann/);
    expect(await nameOf(register)).toBe('Ann 1');
    expect(await afterwards()).toBe('Ann 1');
    expect((await keptFiles()).map((name) => path.extname(name)).sort()).toEqual(['.index', '.json', '.names', '.values']);
  });
  it('is tried again when it is another', async () => {
    const register = open();
    await drop(rows('1,"Ann,,,'));
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable', message: 'The register csv-drop cannot be read: A quote that is opened at line 2 is never closed.' });
    await drop(people(1), { at: '2026-11-23T03:00:00Z' });
    expect(await nameOf(register)).toBe('Ann 1');
    expect((await register.check()).ok).toBe(true);
  });
  it('is forgotten when it has gone', async () => {
    const register = open();
    await drop(people(1), { name: 'people-1.csv', at: '2026-11-22T02:00:00Z' });
    await drop('', { name: 'people-2.csv' });
    expect((await register.check()).ok).toBe(false);
    await rm(path.join(top, 'drop', 'people-2.csv'));
    expect(await register.check()).toMatchObject({ ok: true, message: expect.stringContaining('from people-1.csv') as string });
  });
  it('is one of another encoding than it is said to be', async () => {
    await drop(Buffer.from(rows('1,Siân,,,'), 'latin1'));
    expect((await open({ encoding: 'utf-8' }).check()).message).toContain('It is not UTF-8 all through.');
    expect(await nameOf(open({ encoding: 'windows-1252' }))).toBe('Siân');
  });
  it('is one with far fewer people than before, unless that is right', async () => {
    const register = open();
    await drop(people(10));
    await register.check();
    await drop(people(4, 'Bob'), { at: '2026-11-23T03:00:00Z' });
    expect((await register.check()).message).toContain('It has 4 people, and the one before had 10.');
    expect(await nameOf(register)).toBe('Ann 1');
    expect(await afterwards({ leastShareOfPeople: 0 })).toBe('Bob 1');
  });
});

describe('a file that is not complete', () => {
  it('is not told from while it still changes', async () => {
    const register = open();
    await drop(people(2, 'Bob'), { at: '2026-11-23T05:59:30Z' });
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('no complete file has come yet') as string });
    expect((await register.check()).message).toContain('people.csv is not complete yet.');
    clock.advance(31);
    expect(await nameOf(register)).toBe('Bob 1');
  });
  it('is not told from before its marker is there, one that is of this file', async () => {
    const register = open({ file: 'people.csv', completeWhen: { marker: '.done' } });
    await drop(people(1));
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable' });
    await drop('', { name: 'people.csv.done', at: '2026-11-22T02:00:00Z' });
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable' });
    await drop('', { name: 'people.csv.done' });
    expect(await nameOf(register)).toBe('Ann 1');
  });
  it('may stand where the one before stood, be half there or be gone: it is told from the one before', async () => {
    const register = open();
    await drop(people(3));
    expect(await nameOf(register)).toBe('Ann 1');
    await writeFile(path.join(top, 'drop', 'people.csv'), '');
    clock.advance(31);
    expect(await nameOf(register)).toBe('Ann 1');
    await appendFile(path.join(top, 'drop', 'people.csv'), `${HEADER}\n1,Bo`);
    clock.advance(31);
    expect(await nameOf(register)).toBe('Ann 1');
    await rm(path.join(top, 'drop', 'people.csv'));
    clock.advance(31);
    expect(await nameOf(register)).toBe('Ann 1');
    await rename(path.join(top, 'drop'), path.join(top, 'gone'));
    clock.advance(31);
    expect(await nameOf(register)).toBe('Ann 1');
    expect(await afterwards()).toBe('Ann 1');
  });
});

describe('a file that is complete', () => {
  it('takes the place of the one before, of which nothing is left', async () => {
    const register = open();
    await drop(people(3), { name: 'people-1.csv', at: '2026-11-22T02:00:00Z' });
    expect(await nameOf(register)).toBe('Ann 1');
    const before = await keptFiles();
    await drop(people(3, 'Bob'), { name: 'people-2.csv' });
    clock.advance(31);
    // Whoever asks meanwhile is told from the one before.
    expect(await nameOf(register)).toBe('Ann 1');
    await register.check();
    expect(await nameOf(register)).toBe('Bob 1');
    const after = await keptFiles();
    expect(after).toHaveLength(4);
    expect(after.filter((name) => before.includes(name))).toEqual(['current.json']);
  });
  it('is found by another server, which has only what was kept of the one before', async () => {
    const [one, other] = [open(), open()];
    await drop(people(2));
    expect([await nameOf(one), await nameOf(other)]).toEqual(['Ann 1', 'Ann 1']);
    await drop(people(2, 'Bob'), { at: '2026-11-23T03:00:00Z' });
    await one.check();
    expect(await nameOf(other)).toBe('Bob 1');
  });
  it('is told from by its day, and no longer than it is good for', async () => {
    const register = open({ goodForInDays: 2 });
    await drop(people(1), { at: '2026-07-01T23:30:00Z' });
    clock.set('2026-07-03T23:00:00Z');
    expect((await register.read(ctx, '1', ['person.name']))[0]?.asOf).toBe('2026-07-02');
    clock.set('2026-07-04T00:00:00Z');
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable', message: 'The register csv-drop cannot be read: its newest file is of 2026-07-02, and that is too long ago.' });
    expect(await register.check()).toMatchObject({ ok: false, message: expect.stringContaining('nothing is told from it any more') as string });
  });
  it('is read anew when the mapping changes, and by each council for itself', async () => {
    await drop(rows('1,Ann,1951-02-28,Bob,ZZ99 1AB'));
    expect(await nameOf(open())).toBe('Ann');
    expect(await afterwards({ columns: { ...COLUMNS, attributes: { 'person.name': { column: 'addr' } } } })).toBe('Bob');
    expect(await nameOf(open({}, '01990000-0000-7000-8000-000000000002'))).toBe('Ann');
  });
  it('is kept sealed: nobody’s name, number or word of it stands in the data folder', async () => {
    await drop(rows('CANARY-1,CANARY-2,1951-02-28,CANARY-3,ZZ99 1AB'));
    expect(await nameOf(open(), 'CANARY-1')).toBe('CANARY-2');
    const folder = path.join(top, 'data', 'sharing', '01990000-0000-7000-8000-000000000001', 'csv-drop');
    const all = Buffer.concat(await Promise.all((await keptFiles()).map((name) => readFile(path.join(folder, name))))).toString('latin1');
    expect(all).not.toMatch(/CANARY|ZZ99|1951/);
    expect(all.length).toBeGreaterThan(100);
  });
  it('is told of as damaged where what was kept has changed', async () => {
    await drop(people(1));
    const register = open();
    await nameOf(register);
    const folder = path.join(top, 'data', 'sharing', '01990000-0000-7000-8000-000000000001', 'csv-drop');
    const values = path.join(folder, (await keptFiles()).find((name) => name.endsWith('.values')) ?? '');
    const bytes = await readFile(values);
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    await writeFile(values, bytes);
    await expect(nameOf(register)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('damaged') as string });
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', event: 'sharing-csv.damaged' });
  });
  it('leaves nothing of a taking that was cut off long ago', async () => {
    const folder = path.join(top, 'data', 'sharing', '01990000-0000-7000-8000-000000000001', 'csv-drop');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'dead.values'), 'x');
    await utimes(path.join(folder, 'dead.values'), new Date(0), new Date(0));
    await drop(people(1));
    const register = open();
    await register.check();
    expect(await keptFiles()).not.toContain('dead.values');
  });
});

describe('the report of a file', () => {
  it('counts what could not be read, by lines and never by what stands there', async () => {
    const register = open({ columns: { ...COLUMNS, asOf: 'seen' }, completeWhen: { stillForInSeconds: 1 } });
    await drop([`${HEADER},seen`, '1,Ann,1951-02-28,"7 High\nStreet",ZZ99 1AB,2026-11-01', ',CANARY,,,,2026-11-01', '2,CANARY,30/02/1980,CANARY,,2026-11-01', '3,CANARY', '4,CANARY,,,,yesterday', '5,CANARY,,,,2026-11-01', '5,CANARY,,,,2026-11-01', '', '5,CANARY,,,,2026-11-01', '6,Bob,,,,2026-11-01', ''].join('\n'));
    const { message, ok } = await register.check();
    const none = { count: 0, lines: [] };
    expect(await register.report()).toEqual([{
      name: 'people.csv', encoding: 'utf-8', takenAt: '2026-11-23T06:00:00.000Z', rows: 9, people: 4, withoutLocalId: { count: 1, lines: [4] }, ofAnotherLength: { count: 1, lines: [6] }, withoutDay: { count: 1, lines: [7] }, doubles: { count: 2, lines: [9, 11] },
      attributes: { 'person.name': { known: 6, misfits: none }, 'person.date-of-birth': { known: 1, misfits: { count: 1, lines: [5] } }, 'address.current': { known: 1, misfits: { count: 1, lines: [5] } } },
    }]);
    expect(ok).toBe(true);
    expect(message).toBe('csv-drop: 4 people are told of from people.csv, taken at 2026-11-23T06:00:00.000Z. Rows that do not have a cell for each column: 1 (line 6). Rows that name nobody: 1 (line 4). Rows that have no day from which they are so: 1 (line 7). '
      + 'Rows that are of somebody who is there before: nothing is told of them: 2 (lines 9, 11). Rows that have a person.date-of-birth that does not fit and is not told: 1 (line 5). Rows that have a address.current that does not fit and is not told: 1 (line 5).');
    expect(log.lines).toEqual([{ level: 'info', event: 'sharing-csv.taken', ids: { source: 'csv-drop', rows: 9, people: 4, doubles: 2 } }]);
  });
});

describe('a preview', () => {
  it('shows the first rows as they would be told, before the file is complete, and keeps nothing', async () => {
    const register = open();
    await drop(rows('1,Ann,1951-02-28,,', '2,Bob,28/02/1951,,', '3,"Carol', 'Jones",,,', '4,Dan'), { at: '2026-11-23T05:59:59Z' });
    const told = (value: string, attribute = 'person.name') => ({ attribute, value, asOf: '2026-11-23', source: 'register', verified: null });
    expect(await register.preview(ctx, 3)).toEqual([{ name: 'people.csv', attributes: register.attributes, rows: [
      { line: 2, localId: '1', evidence: [told('Ann'), told('1951-02-28', 'person.date-of-birth')], misfits: [] }, { line: 3, localId: '2', evidence: [told('Bob')], misfits: ['person.date-of-birth'] }, { line: 4, localId: '3', evidence: [told('Carol Jones')], misfits: [] },
    ] }]);
    await expect(readdir(path.join(top, 'data'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
  it('of nothing is Unavailable, and of what cannot be read says why', async () => {
    await expect(open().preview(ctx, 5)).rejects.toMatchObject({ code: 'unavailable' });
    await drop('1,CANARY\n');
    await expect(open().preview(ctx, 5)).rejects.toThrow('Its first line does not name id, name, dob, addr, pc.');
  });
});

describe('what cannot work is refused at the start', () => {
  it.each([
    [{ folder: 'drop' }, 'whole path'], [{ file: '../people.csv' }, 'must be a name in that folder'], [{ file: '' }, 'must be a name in that folder'], [{ name: 'Council Tax' }, 'lower-case words'], [{ completeWhen: { stillForInSeconds: 0 } }, 'at least one second'], [{ completeWhen: { marker: '' } }, 'at least one second'],
    [{ leastShareOfPeople: 50 }, 'between 0 and 1'], [{ goodForInDays: 0 }, 'more than 0'], [{ columns: { ...COLUMNS, attributes: { 'shoe.size': { column: 'x' } } } }, 'There is no attribute shoe.size'],
  ])('%j', (changes, sentence) => expect(() => open(changes as Partial<CsvRegisterOptions>)).toThrow(sentence));
  it('and its folder is missed by the check', async () => {
    await rm(path.join(top, 'drop'), { recursive: true });
    expect(await open().check()).toMatchObject({ ok: false, message: expect.stringContaining('(ENOENT)') as string });
  });
});
