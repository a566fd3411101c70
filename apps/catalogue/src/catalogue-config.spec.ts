import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuildhallModule } from '@guildhall/kernel';
import { catalogueApp } from './catalogue-config';

const file = join(mkdtempSync(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'catalogue-config-')), 'catalogue.json');
const written = (config: unknown) => {
  writeFileSync(file, JSON.stringify(config));
  return catalogueApp(file);
};
/** The file that the guide shows. */
const [, shown = ''] = /```json\n([^]*?)\n```/.exec(readFileSync(join(__dirname, '../../../docs/guides/run-a-catalogue.md'), 'utf8')) ?? [];
const guides = JSON.parse(shown) as { readonly origin: string; readonly officers: { readonly teams: readonly object[] } };

it('starts in production with the file that the guide shows, whose sign-in says for whom somebody writes', () => {
  expect(guides.officers.teams).toHaveLength(1);
  expect(() => GuildhallModule.forRoot(written(guides), { databaseUrl: 'postgres://nobody@localhost/none', isDevelopment: false, settings: { PUBLIC_ORIGIN: guides.origin, SIGN_IN_SECRET: 'hunter2' } })).not.toThrow();
});

it.each<readonly [string, object, RegExp]>([
  ['wants a team’s groups', { teams: [{ teamId: 'aldermoor', title: { en: 'Aldermoor', cy: 'Aldermoor' } }] }, /officers\.teams\.0\.from is missing/],
  ['wants a team named by a slug', { teams: [{ teamId: 'Aldermoor DC', title: { en: 'Aldermoor', cy: 'Aldermoor' }, from: ['aldermoor'] }] }, /officers\.teams\.0\.teamId must match pattern/],
])('%s', (_what, officers, message) => {
  expect(() => written({ ...guides, officers: { ...guides.officers, ...officers } })).toThrow(message);
});
