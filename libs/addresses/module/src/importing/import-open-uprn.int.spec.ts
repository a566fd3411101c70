import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { ADDRESSES } from '@guildhall/addresses-contract';
import type { AddressesApi, Uprn } from '@guildhall/addresses-contract';
import { localGazetteer, riverbourne } from '@guildhall/addresses-provider-local-gazetteer';
import { OpenUprnConnection } from '../checking/open-uprn-connection';
import { addresses } from '../index';
import { ImportsOpenUprn } from './import-open-uprn';
import { UprnPoints } from './uprn-points';

let folder: string;
let file: string;
let app: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-open-uprn-'));
  file = join(folder, 'uprn.csv');
  const providers = [localGazetteer({ dataset: riverbourne })];
  app = await startTestApp({ councils: [
    testCouncilDefinition('points', 1, [addresses({ providers, openUprn: { file, within: { south: 53, north: 54, west: 1, east: 3 } } })]),
    testCouncilDefinition('others', 2, [addresses({ providers, openUprn: { file: join(folder, 'none.csv') } })]),
    testCouncilDefinition('without', 3, [addresses({ providers })]),
  ] });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

let times = 0;
/** Later than the file before, as a download of another month is. */
async function publish(count: number, latitude = 53.1): Promise<void> {
  const lines = Array.from({ length: count }, (_, place) => `${990_100_000_000 + place},664000,380000,${latitude},1.95`);
  await writeFile(file, `UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\n${lines.join('\n')}\n`);
  times += 1;
  await utimes(file, new Date(), new Date(Date.UTC(2026, 10, times)));
}
const run = (slug = 'points'): Promise<void> => app.get(ImportsOpenUprn).run(app.systemContext(slug));
const state = async (): Promise<{ state: string; points: string; import_number: number } | undefined> => (await app.owner.query<{ state: string; points: string; import_number: number }>('select state, points, import_number from addresses.open_uprn_import where council_id = $1', [app.context('points').council.id])).rows[0];
const kept = async (): Promise<number> => Number((await app.owner.query<{ count: string }>('select count(*) from addresses.uprn_point')).rows[0]?.count);
const connection = (slug = 'points') => app.get(OpenUprnConnection).check(app.systemContext(slug));
const pointOf = (place: number, slug = 'points') => app.get(UprnPoints).of(app.context(slug), String(990_100_000_000 + place) as Uprn);

describe('importing OS Open UPRN', () => {
  it('keeps every point once, and finds the ward of a UPRN that no source of addresses knows', async () => {
    await publish(25_000);
    expect(await connection()).toEqual({ ok: true, message: `${file} is a new file, and is read within the hour.` });
    await run();
    expect(await connection()).toEqual({ ok: true, message: expect.stringMatching(/^25,000 points of .*uprn\.csv, read on \d+ \w+ \d{4} at \d\d:\d\d\.$/) as string });
    expect([await state(), await kept()]).toEqual([{ state: 'done', points: '25000', import_number: 1 }, 25_000]);
    const area = await app.get<AddressesApi>(ADDRESSES.token).areaOf(app.context('points', { language: 'en' }), { uprn: '990100000007' as Uprn });
    expect(area?.districtCode).toBe('E07000999');
  });
  it('is one council’s: another does not find it, and a council that imports nothing has nothing to do', async () => {
    expect(await pointOf(1, 'others')).toBeUndefined();
    await run('without');
    await expect(run('others')).rejects.toThrow(/none\.csv/);
    expect([await connection('others'), await connection('without')]).toMatchObject([{ ok: false, message: expect.stringContaining(`${join(folder, 'none.csv')} cannot be read (ENOENT)`) as string }, { ok: true }]);
  });
  it('does not read the same file again', async () => {
    await run();
    expect((await state())?.import_number).toBe(1);
  });
  it('goes on where it stopped, whatever was written of the part that was lost', async () => {
    await publish(25_000, 53.2);
    const original = app.get(ImportsOpenUprn);
    // The second part fails on its way into the database, as when the machine stops.
    await app.owner.query(`create function addresses.stop() returns trigger language plpgsql as $$ begin if new.position_in_bytes > 600000 then raise exception 'the machine stops'; end if; return new; end $$;
      create trigger stop before update on addresses.open_uprn_import for each row execute function addresses.stop()`);
    await expect(original.run(app.systemContext('points'))).rejects.toThrow();
    const [stopped, first, last] = [await state(), await pointOf(0), await pointOf(24_999)];
    expect([stopped?.state, first?.latitude, last?.latitude]).toEqual(['reading', 53.2, 53.1]);
    expect(await connection()).toEqual({ ok: true, message: expect.stringMatching(/is being read: \d\d %, [\d,]+ points, since \d+ \w+/) as string });
    await app.owner.query(`update addresses.open_uprn_import set changed_at = changed_at - interval '3 hours'`);
    expect(await connection()).toEqual({ ok: false, message: expect.stringMatching(/was read as far as \d\d %, and no further since/) as string });
    await app.owner.query('drop trigger stop on addresses.open_uprn_import; drop function addresses.stop()');
    await run();
    expect([await state(), await kept(), (await pointOf(24_999))?.latitude]).toEqual([{ state: 'done', points: '25000', import_number: 2 }, 25_000, 53.2]);
  });
  it('is read once by two workers who begin at once', async () => {
    await publish(25_000, 53.3);
    await Promise.all([run(), run()]);
    await run();
    expect(await state()).toEqual({ state: 'done', points: '25000', import_number: 3 });
  });
  it('takes away what the next file does not have any more', async () => {
    await publish(24_000);
    await run();
    expect([(await state())?.state, await kept(), await pointOf(24_500)]).toEqual(['done', 24_000, undefined]);
  });
  it('takes nothing away when the next file was cut off on its way, and says so', async () => {
    await publish(3_000);
    await run();
    expect([(await state())?.state, await kept()]).toEqual(['held', 24_000]);
    expect(await connection()).toEqual({ ok: false, message: expect.stringMatching(/has 3,000 points, less than four fifths of the 24,000 of the last: .* download it again\.$/) as string });
    expect(app.log.lines.some((kept) => JSON.stringify(kept).includes('addresses.open-uprn-held'))).toBe(true);
    await publish(24_100);
    await run();
    expect([(await state())?.state, await kept()]).toEqual(['done', 24_100]);
  });
  it('fails with a sentence that says what to do when the file is something else', async () => {
    await writeFile(file, 'PK zip');
    await expect(run()).rejects.toThrow(/Unpack the CSV/);
    expect(await kept()).toBe(24_100);
  });
});
