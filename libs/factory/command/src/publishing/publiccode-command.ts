import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { packageJsonIn } from './checking/loads-code';
import { at } from './documents';

const USAGE = `Usage: guildhall publiccode [FOLDER] [--check]

Writes publiccode.yml (publiccode.yml standard, 0.5) from package.json and the manifest. What people have written in it stays: only name, version, licence, address, status and languages are brought up to date.
Its description in English is that of package.json; in Welsh that of "guildhall": { "descriptions": { "cy": "…" } } in the same file.

  --check               writes nothing, and says what is missing or out of date
`;
const STATUS = { alpha: 'development', beta: 'beta', stable: 'stable', deprecated: 'obsolete' } as const;
const LONGEST_SHORT_DESCRIPTION = 150;
/** Fields that the standard demands. */
const DEMANDED = ['publiccodeYmlVersion', 'name', 'url', 'platforms', 'developmentStatus', 'softwareType', 'description', 'legal', 'maintenance', 'localisation'];

/** Writes what a package says of itself as other catalogues of public software read it. */
export const publiccodeCommand: Command = { summary: 'writes publiccode.yml', usage: USAGE, run };

interface Json { readonly name?: string; readonly version?: string; readonly description?: string; readonly license?: string; readonly repository?: string | { readonly url?: string }; readonly guildhall?: { readonly kind?: string; readonly owner?: string; readonly maturity?: keyof typeof STATUS; readonly languages?: readonly string[]; readonly descriptions?: Readonly<Record<string, string>> } }

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { check: { type: 'boolean' } }, USAGE);
  const folder = at(world, positionals[0] ?? '.');
  const file = path.join(folder, 'publiccode.yml');
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  const { text, missing, untranslated } = publiccode(packageJsonIn<Json>(folder), before, file);
  const said = [...missing.map((name) => `“${name}” is missing, and the standard demands it.`), ...(values.check && text !== before ? [`${file} is out of date. Run: guildhall publiccode`] : [])];
  if (!values.check) await writeFile(file, text);
  const advice = untranslated.map((language) => `It speaks ${language} and is not described in it: write “description.${language}.shortDescription” there, or "descriptions" under "guildhall" in package.json.`);
  return { code: said.length ? 1 : 0, out: [...said, ...advice, ...(values.check ? [] : [`${file} is written.`])].map((line) => `${line}\n`).join('') };
}

/** The file as it ought to be, with its comments, what people have to add, and in which of its languages it is not described. @throws CannotDo when what is there is no YAML */
function publiccode({ name = '', version, description = '', license, repository, guildhall: { kind, owner, maturity = 'alpha', languages = ['en'], descriptions = {} } = {} }: Json, before: string, file: string): { readonly text: string; readonly missing: readonly string[]; readonly untranslated: readonly string[] } {
  const document = parseDocument(before === '' ? '{}\n' : before);
  if (document.errors.length > 0) throw new CannotDo(`${file} is no YAML: ${document.errors[0]?.message ?? ''}`);
  if (before === '') document.contents = document.createNode({}) as never;
  const url = typeof repository === 'object' ? repository.url : repository;
  const set = (at: readonly string[], value: unknown): void => { if (value !== undefined && JSON.stringify(document.getIn(at)) !== JSON.stringify(value)) document.setIn(at, value); };
  const begin = (at: readonly string[], value: unknown): void => { if (!document.hasIn(at)) set(at, document.createNode(value)); };
  begin(['publiccodeYmlVersion'], '0.5');
  set(['name'], name);
  set(['url'], url?.replace(/^git\+/, ''));
  set(['softwareVersion'], version);
  begin(['platforms'], ['web']);
  begin(['categories'], ['government-websites']);
  set(['developmentStatus'], STATUS[maturity]);
  begin(['softwareType'], kind === 'tool' ? 'standalone/other' : 'addon');
  begin(['intendedAudience'], { scope: ['local-authorities'], countries: ['gb'] });
  const described: Readonly<Record<string, string>> = { en: description, ...descriptions };
  for (const [language, words] of Object.entries(described)) begin(['description', language, 'shortDescription'], words.slice(0, LONGEST_SHORT_DESCRIPTION));
  set(['legal', 'license'], license);
  begin(['maintenance', 'type'], 'community');
  if (owner !== undefined) begin(['maintenance', 'contacts'], [{ name: owner }]);
  begin(['localisation', 'localisationReady'], languages.length > 1);
  if (JSON.stringify(document.toJS()?.localisation?.availableLanguages) !== JSON.stringify(languages)) document.setIn(['localisation', 'availableLanguages'], document.createNode(languages));
  return { text: document.toString({ lineWidth: 0 }), missing: DEMANDED.filter((field) => !document.has(field)), untranslated: languages.filter((language) => !document.hasIn(['description', language, 'shortDescription'])) };
}
