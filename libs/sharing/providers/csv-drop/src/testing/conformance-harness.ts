import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressValue, AttributeId } from '@guildhall/sharing-contract';
import { DOUBLE, HALF_KNOWN, MANY, MISFIT, NAMESAKES, WELL_KNOWN, evidenceSourceKit, type EvidenceSourceHarness, type KnownPerson } from '@guildhall/sharing-contract/testing';
import { csvRegister } from '../csv-register';

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function rowOf({ localId, evidence }: KnownPerson): string {
  const value = (id: AttributeId): unknown => evidence.find(({ attribute }) => attribute === id)?.value ?? '';
  const { lines = [], postcode = '', uprn = '' } = value('address.current') as Partial<AddressValue>;
  const dob = String(value('person.date-of-birth')).split('-').reverse().join('/');
  return [localId, String(value('person.name')), dob, lines[0] ?? '', lines[1] ?? '', postcode.replace(' ', ''), uprn.padStart(uprn === '' ? 0 : 14, '0'), value('council-tax-reduction.receives') === true ? 'Y' : 'N', 'nobody asked for this'].map(quoted).join(',');
}

export const source: HarnessSource<EvidenceSourceHarness & { readonly top: string }> = {
  abilities: ['raw', 'far-end', 'contents', 'find', 'report'],
  open: async () => {
    const top = await mkdtemp(path.join(tmpdir(), 'csv-register-'));
    const folder = path.join(top, 'drop');
    await mkdir(folder);
    const rows = [WELL_KNOWN, HALF_KNOWN, ...NAMESAKES, ...MANY].map(rowOf);
    const raw = [`${MISFIT.localId},Tom Misfit,30/02/1980,7 High Street,,NOT KNOWN,,PENDING,x`, `${DOUBLE.localId},Ann,,,,,,Y,x`, `${DOUBLE.localId},Bob,,,,,,N,x`];
    const file = path.join(folder, 'council-tax-20261101.csv');
    await writeFile(file, `\ufeff${['account_no,Full name,dob,addr1,addr2,pc,uprn,ctr_award,notes', ...rows, ...raw].join('\r\n')}\r\n`);
    await utimes(file, new Date('2026-11-22T02:00:00Z'), new Date('2026-11-22T02:00:00Z'));
    const log = new RecordedLog();
    const register = csvRegister({
      folder, file: 'council-tax-*.csv',
      columns: {
        source: 'council-tax-register', localId: 'account_no', asOf: { day: '2026-11-01' }, verified: 'bill', dates: 'dd/mm/yyyy',
        attributes: { 'person.name': { column: 'Full name' }, 'person.date-of-birth': { column: 'dob' }, 'address.current': { lines: ['addr1', 'addr2'], postcode: 'pc', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'ctr_award', yesWhen: ['Y'] } },
      },
    }).create(testProviderDependencies({ log, dataFolder: path.join(top, 'data') }));
    return {
      top, source: register, log,
      // The disk on which both are is not mounted any more.
      breakFarEnd: async () => { for (const each of ['drop', 'data']) await rename(path.join(top, each), path.join(top, `${each}-unmounted`)).catch(() => undefined); },
      mendFarEnd: async () => {
        await rm(path.join(top, 'data'), { recursive: true, force: true });
        for (const each of ['drop', 'data']) await rename(path.join(top, `${each}-unmounted`), path.join(top, each)).catch(() => undefined);
      },
      contents: async () => Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(path.join(folder, name), 'utf8'), (await stat(path.join(folder, name))).mtimeMs])),
    };
  },
  close: async ({ top }) => { await rm(top, { recursive: true, force: true }); },
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: evidenceSourceKit.id, source }];
