import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READ_RECORDS } from '@guildhall/information-rights-contract';
import { defineModule } from '@guildhall/kernel';
import type { Language } from '@guildhall/kernel-contract';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { informationRights } from '../information-rights.module';
import { RecordsOfProcessing } from './records-of-processing';

const ENGLISH = { data: 'Who borrowed which oar', purpose: 'Having it back', retention: 'Until it is back' };
const WELSH = { data: 'Pwy a fenthyciodd ba rwyf', purpose: 'Ei chael yn ôl', retention: 'Nes ei bod yn ôl' };
const OTHER = { data: 'Who rows', purpose: 'Keeping them safe', retention: 'A year' };

describe('what manifests say in the records of processing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boats-'));
  let app: TestApp;
  beforeAll(async () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ guildhall: { kind: 'module', id: 'boats', personalData: [{ ...ENGLISH, cy: WELSH }, OTHER] } }));
    const boats = defineModule({ id: 'boats', version: '0.1.0', packageFolder: folder, nest: class BoatsModule {} });
    app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [boats(), informationRights()])] });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true });
  });
  const said = async (language: Language): Promise<readonly unknown[]> => {
    const officer = app.context('riverbourne', { language, actor: { kind: 'system', job: 'test', permissions: new Set([READ_RECORDS.id]) } });
    return (await app.get(RecordsOfProcessing).list(officer)).filter(({ id }) => id.startsWith('boats.')).map(({ data, purpose, keptFor, isInEnglish }) => ({ data, purpose, retention: keptFor, isInEnglish }));
  };

  it('is in the reader’s language where its maker says it in both, and in English, marked as that, where they do not', async () => {
    expect(await said('en')).toEqual([{ ...ENGLISH, isInEnglish: false }, { ...OTHER, isInEnglish: true }]);
    expect(await said('cy')).toEqual([{ ...WELSH, isInEnglish: false }, { ...OTHER, isInEnglish: true }]);
  });
  it('is read to a Welsh voice as English only where it is', async () => {
    const officer = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
    const { text } = await officer.get('/desk/records-of-processing?lang=cy');
    const row = (words: string): string | undefined => /<tr[^>]*>/.exec(text.slice(text.lastIndexOf('<tr', text.indexOf(words))))?.[0];
    expect([row(WELSH.purpose), row(OTHER.purpose)]).toEqual(['<tr class="govuk-table__row">', '<tr class="govuk-table__row" lang="en">']);
    expect((await officer.get('/desk/records-of-processing/records.csv')).text).toContain(WELSH.data);
  });
});
