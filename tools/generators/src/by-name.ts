import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { anotherModule, capability } from './capability';
import { council } from './council';
import type { Generated, NotGenerated, World } from './generator';
import { migration } from './migration';
import type { ProviderPort } from './ports';
import { provider } from './provider';
import { servicePack } from './service-pack';
import { theme } from './theme';

/** What was given to a generator by name, as Nx and the command line have it: texts, and one number. */
export type Given = Readonly<Record<string, string | number | undefined>>;
/** What a generator may be given, as `schemas` has it. */
export interface Schema { readonly title: string; readonly properties: Readonly<Record<string, { readonly type: 'string' | 'number'; readonly description: string; readonly enum?: readonly string[]; readonly default?: string }>>; readonly required: readonly string[] }

const text = (given: Given, name: string): string => String(given[name] ?? '');
const maybe = (given: Given, name: string): string | undefined => (given[name] === undefined ? undefined : String(given[name]));
const ofPackage = (given: Given) => ({ name: text(given, 'name'), scope: maybe(given, 'scope'), owner: maybe(given, 'owner'), licence: maybe(given, 'licence') });
const titled = (given: Given) => (given['title'] === undefined ? {} : { title: { en: text(given, 'title'), cy: maybe(given, 'titleCy') ?? text(given, 'title') } });

/** Every generator by its name. */
export const GENERATORS: Readonly<Record<string, (given: Given, world: World) => Generated | NotGenerated>> = {
  council: (given, world) => council({ name: text(given, 'name'), slug: text(given, 'slug'), gss: text(given, 'gss'), languages: (maybe(given, 'languages') ?? 'en,cy').split(',').map((one) => one.trim()), brand: text(given, 'brand'), id: randomUUID(), folder: maybe(given, 'folder') }, world),
  capability: (given, world) => capability({ ...ofPackage(given), ...titled(given) }, world),
  module: (given, world) => anotherModule({ ...ofPackage(given), ...titled(given), capability: maybe(given, 'capability'), contract: maybe(given, 'contract') }, world),
  provider: (given, world) => provider({ ...ofPackage(given), port: text(given, 'port') as ProviderPort }, world),
  'service-pack': (given, world) => servicePack({ ...ofPackage(given), ...titled(given), fee: given['fee'] === undefined ? undefined : Number(given['fee']) }, world),
  theme: (given, world) => theme({ ...ofPackage(given), brand: text(given, 'brand') }, world),
  migration: (given, world) => migration({ name: text(given, 'name'), folder: text(given, 'folder'), kind: maybe(given, 'kind') as 'expand' | 'contract' | undefined, sql: maybe(given, 'sql') }, world),
};

/** What a generator may be given. */
export function schemaOf(name: string): Schema { return JSON.parse(readFileSync(path.join(__dirname, '../schemas', `${name}.json`), 'utf8')) as Schema; }
