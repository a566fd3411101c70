import path from 'node:path';
import { generated, type Generator, type World } from './generator';
import { problemsOfName } from './naming';

/** @public */
export interface MigrationOptions {
  /** The module's folder: `libs/payments/module`. */
  readonly folder: string;
  /** What it does: `colour-of-entries`. */
  readonly name: string;
  /** `expand` adds and runs before the new code (unless told); `contract` removes and waits until no old code runs. */
  readonly kind?: 'expand' | 'contract';
  /** Plain SQL; a comment to be replaced unless told. */
  readonly sql?: string;
}

const LISTED = 'src/data/migrations.ts';
const APART = 'src/migrations';

/** A migration numbered after the module's last, at the end of its list. @public */
export const migration: Generator<MigrationOptions> = (options, world) => {
  const folder = path.posix.normalize(options.folder || '.').replace(/\/$/, '');
  const list = world.read(`${folder}/${LISTED}`);
  const id = `${nextNumber(world, folder)}-${options.name}`;
  return generated(world, problemsOf(options, world, folder), () => {
    const nextSteps = [
      ...(options.sql === undefined ? ['Write its SQL. A new table has council_id first in its key and goes with councilTable(…), which closes it to other councils.'] : []),
      ...(options.kind === 'contract' ? ['It removes: release it only when no council still runs code that needs what it removes.'] : []),
      ...(list === undefined ? [`List it at the end of the module's migrations, after those that are there.`] : []),
      'Run the module’s tests: they begin with an empty database and run every migration.',
    ];
    if (list === undefined) return { files: { [`${folder}/${APART}/${id}.ts`]: `import { migration } from '@guildhall/kernel';\n\nexport const ${nameInCode(options.name)} = ${call(options, id)};\n` }, changes: {}, nextSteps };
    const end = list.lastIndexOf('];');
    return { files: {}, changes: { [`${folder}/${LISTED}`]: `${list.slice(0, end)}  ${call(options, id)},\n${list.slice(end)}` }, nextSteps };
  });
};

function call({ sql, kind }: MigrationOptions, id: string): string {
  const text = (sql ?? '-- Say here what is added. What is removed waits for a later release.').trim().replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return `migration('${id}', \`\n    ${text.split('\n').map((line) => line.trim()).join('\n    ')}\n  \`${kind === 'contract' ? `, 'contract'` : ''})`;
}

/** Numbers are counted in the whole module: some keep a migration beside what it is for. */
function nextNumber(world: World, folder: string): string {
  const texts = world.list(`${folder}/src`).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => world.read(file) ?? '');
  const numbers = texts.flatMap((text) => [...text.matchAll(/\bmigration\(\s*'(\d{3})-/g)].map(([, number]) => Number(number)));
  return String(Math.max(0, ...numbers) + 1).padStart(3, '0');
}

function nameInCode(name: string): string { return name.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()); }

function problemsOf(options: MigrationOptions, world: World, folder: string): readonly string[] {
  const isModule = /"kind":\s*"module"/.test(world.read(`${folder}/package.json`) ?? '');
  return [
    ...problemsOfName('The name of the migration', options.name),
    ...(isModule ? [] : [`${folder} is no module: its package.json says nothing of the kind "module". Name the module's folder, like "libs/payments/module".`]),
    ...(isModule && world.read(`${folder}/${LISTED}`) === undefined && world.list(`${folder}/${APART}`).length === 0 ? [`${folder} has neither ${LISTED} nor ${APART}: it keeps no data yet. See docs/guides/build-a-module.md.`] : []),
    ...(options.kind === undefined || ['expand', 'contract'].includes(options.kind) ? [] : [`The kind is "${String(options.kind)}": it is expand or contract.`]),
  ];
}
