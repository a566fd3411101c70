import fs from 'node:fs';
import path from 'node:path';
import type { Texts } from '@guildhall/kernel-contract';
import { viewsFolder } from '../assets/built-assets';
import { uiTexts } from '../texts';
import type { MessageSource } from '../wording/messages';
import { checkKeysInCode } from './check-code';
import { checkTemplates, templatesIn } from './check-templates';
import type { Problem } from './check-templates';
import { checkTexts } from './check-texts';

interface Definition { readonly id: string; readonly texts?: Texts; readonly deskTexts?: Texts; readonly viewsFolder?: string }

const libs = path.join(__dirname, '../../..');
const moduleFolders = fs.readdirSync(libs).flatMap((capability) => ['module', 'over-http', 'pages'].map((kind) => path.join(libs, capability, kind))).filter((folder) => !folder.includes(`${path.sep}kernel${path.sep}`) && fs.existsSync(path.join(folder, 'src/index.ts')));

/** The definition that a module's package exports: that of the function a council calls. What modules have in common has its words under the capability's name. */
function definitionOf(folder: string): Definition | undefined {
  const exported = Object.values(jest.requireActual<Readonly<Record<string, unknown>>>(path.join(folder, 'src/index.ts')));
  const shared = exported.map((one) => one as (Omit<Definition, 'id'> & { readonly prefix?: string }) | undefined).find((one) => typeof one?.prefix === 'string');
  if (shared?.prefix) return { ...shared, id: shared.prefix };
  return exported.map((one) => (one as { readonly definition?: Definition } | undefined)?.definition).find((definition) => typeof definition?.id === 'string');
}

function sourcesOf({ id, texts, deskTexts }: Definition): MessageSource[] {
  return [...(texts ? [{ prefix: id, texts }] : []), ...(deskTexts ? [{ prefix: id, texts: deskTexts, isForDesk: true }] : [])];
}

const print = (problems: readonly Problem[]): readonly string[] => problems.map(({ where, what }) => `${where}: ${what}`);
const modules = moduleFolders.map((folder) => {
  const name = path.relative(libs, folder);
  try {
    return { folder, name, definition: definitionOf(folder) };
  } catch (error) {
    return { folder, name, fault: error instanceof Error ? error.message : String(error) };
  }
});
const ui: MessageSource = { prefix: 'ui', texts: uiTexts };
const all: readonly MessageSource[] = [ui, ...modules.flatMap(({ definition }) => (definition ? sourcesOf(definition) : []))];

describe('every word of every module is in its texts, in both languages', () => {
  it('ui: templates', () => { expect(print(checkTemplates(templatesIn(viewsFolder), all))).toEqual([]); });
  it('ui: texts', () => { expect(print(checkTexts([ui]))).toEqual([]); });

  describe.each(modules)('$name', ({ folder, definition, fault }) => {
    it('can be loaded', () => { expect(fault).toBeUndefined(); });
    const templates = templatesIn(path.join(folder, 'views'));
    it('names its folder of templates, when it has one', () => {
      if (templates.length > 0) expect(definition?.viewsFolder && path.resolve(definition.viewsFolder)).toBe(path.join(folder, 'views'));
      for (const { name } of templates) expect(name.startsWith(`${definition?.id ?? ''}/`)).toBe(true);
    });
    it('templates', () => { expect(print(checkTemplates(templates, all))).toEqual([]); });
    it('texts', () => { expect(print(checkTexts(definition ? sourcesOf(definition) : []))).toEqual([]); });
    it('keys in its code', () => { expect(print(checkKeysInCode(path.join(folder, 'src'), all))).toEqual([]); });
  });
});
