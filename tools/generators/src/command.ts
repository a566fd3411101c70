import { parseArgs } from 'node:util';
import { GENERATORS, schemaOf, type Given, type Schema } from './by-name';
import { worldAt, writeTo } from './on-disk';

/** What came of a command: 0 made, 1 something is wrong with what was asked for, 2 not understood. */
export interface Said { readonly code: 0 | 1 | 2; readonly text: string }

/** `generators provider ferry-pay --port payments`: makes it in this folder, without Nx. */
export function generatorsCommand(argv: readonly string[], folder: string): Said {
  const [name = '', ...rest] = argv;
  const generator = Object.hasOwn(GENERATORS, name) ? GENERATORS[name] : undefined;
  if (!generator) return { code: name === '' || name === '--help' || name === '-h' ? 0 : 2, text: usage() };
  const schema = schemaOf(name);
  let given: Given | undefined;
  try {
    given = flagsOf(schema, rest);
  } catch (error) {
    return { code: 2, text: `${(error as Error).message}\n\n${usageOf(name, schema)}` };
  }
  if (!given) return { code: 0, text: usageOf(name, schema) };
  const made = generator(given, worldAt(folder));
  if (!made.ok) return { code: 1, text: `${made.problems.join('\n')}\n` };
  writeTo(folder, made);
  const files = [...Object.keys(made.files).map((file) => `  new      ${file}`), ...Object.keys(made.changes).map((file) => `  changed  ${file}`)].sort();
  return { code: 0, text: `${files.join('\n')}\n\nNow:\n${made.nextSteps.map((step) => `  ${step}\n`).join('')}` };
}

/** @returns nothing when help is wanted @throws TypeError in words for whoever typed it */
function flagsOf({ properties }: Schema, argv: readonly string[]): Given | undefined {
  const names = Object.keys(properties);
  const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' }, ...Object.fromEntries(names.map((name) => [kebab(name), { type: 'string' }] as const)) } });
  if (values.help === true) return undefined;
  if (positionals.length > 1) throw new TypeError(`One name is given, and ${positionals.length} were: ${positionals.join(', ')}.`);
  const [first = 'name'] = names;
  const typed = values as Readonly<Record<string, string | undefined>>;
  return { ...Object.fromEntries(names.map((name) => [name, typed[kebab(name)]])), ...(positionals[0] === undefined ? {} : { [first]: positionals[0] }) };
}

function kebab(name: string): string { return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`); }

function usage(): string {
  return `Usage: npx @guildhall/generators <what> <name> [options]\n\n${Object.keys(GENERATORS).map((name) => `  ${name.padEnd(14)}${schemaOf(name).title}`).join('\n')}\n\nnpx @guildhall/generators <what> --help says what each takes.\n`;
}
function usageOf(name: string, { title, properties, required }: Schema): string {
  const lines = Object.entries(properties).map(([property, { description, enum: one }]) => `  --${kebab(property).padEnd(12)}${required.includes(property) ? '' : '(optional) '}${description}${one ? ` (${one.join(', ')})` : ''}`);
  return `${title}\n\nUsage: npx @guildhall/generators ${name} <${Object.keys(properties)[0]}> [options]\n\n${lines.join('\n')}\n`;
}
