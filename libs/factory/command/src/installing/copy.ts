import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { appFolder, configurationOf, installedAs } from './app-folder';
import { agreed, refusedSaid } from './asking';
import { carriedOut, resumed } from './change';
import { companionsProved } from './companions';
import { importsOf } from './configuration/imports';
import { edited, type Source } from './configuration/source';
import { digestsOf } from './copies';
import { jsonFile } from './council-settings';
import { difference } from './in-words';
import { lockedIn, type Manifest } from './installed-packages';

const USAGE = `Usage: guildhall copy PACKAGE FOLDER [options]

Copies an installed service pack’s source into a folder of the app’s own (guildhall copy @guildhall/garden-waste src/garden-waste), so that more of it can be changed than its settings, and lets the
configuration take it from there. From then on what its maker mends does not come by itself: “guildhall doctor” counts how many files differ, and says when a newer version is out.

  --yes   does not ask
`;

export const copy: Command = {
  summary: 'copies a service pack into this app, to be changed',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, { yes: { type: 'boolean', short: 'y' } }, USAGE);
    const [name, to, ...more] = positionals;
    if (name === undefined || to === undefined || more.length) throw new CannotDo(USAGE);
    const before = await resumed(world);
    if (before) world.say(before);
    return copied(name, to, values.yes, world);
  },
};

async function copied(name: string, to: string, yes: boolean | undefined, world: World): Promise<Said> {
  const app = appFolder(world);
  const { folder, settings, seen, manifest } = app;
  const found = installedAs(app.packages, name);
  if (!found) throw new CannotDo(`${name} is not installed here.`);
  if (found.guildhall.kind !== 'service-pack') return refusedSaid({ reason: 'not-a-service', message: `${name} is a ${found.guildhall.kind}, and only service packs are copied: a module’s tables are its maker’s. Settings, wording and extensions change the rest.` });
  const into = path.relative(folder, path.resolve(folder, to)).split(path.sep).join('/');
  const own = path.posix.dirname(settings.configuration);
  if (!into.startsWith(`${own}/`)) throw new CannotDo(`${to} is not below ${own}, where the app’s own code is.`);
  if (existsSync(path.join(folder, into))) throw new CannotDo(`${into} is there already, and nothing is overwritten.`);
  const source = path.join(folder, found.at, 'src');
  if (!existsSync(path.join(source, 'index.ts'))) throw new CannotDo(`${name} does not bring its source. Ask its maker for it.`);
  const before = configurationOf(app);
  const after = takenFrom(before, name, `./${path.posix.relative(own, into)}`);
  const answer = await agreed(world, { yes, question: `Copy ${name} ${found.version} to ${into}?`, newcomers: [], lines: [`${readdirSync(source, { recursive: true }).length} files go to ${into}. What they need is the app’s own from now on.`, difference(after.name, before.text, after.text).trimEnd()] });
  if (answer) return answer;
  const { dependencies = {} } = jsonFile(path.join(folder, found.at, 'package.json')) as Manifest;
  // The very versions that it has now: they were proved, and what is newer was not.
  const locked = lockedIn(folder);
  const needed = Object.entries(dependencies).filter(([one]) => manifest.dependencies?.[one] === undefined).map(([one, range]) => `${one}@${(locked[`${found.at}/node_modules/${one}`] ?? locked[`node_modules/${one}`])?.version ?? range}`);
  // It appears as a whole, or not at all.
  const made = path.join(folder, '.guildhall/copy');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(path.dirname(made), { recursive: true });
  cpSync(source, made, { recursive: true });
  const copiedFrom = { name, version: found.version, files: digestsOf(made) };
  writeFileSync(path.join(made, 'package.json'), `${JSON.stringify({ name: into.replaceAll('/', '-'), version: found.version, private: true, type: 'commonjs', guildhall: found.guildhall, copiedFrom }, undefined, 2)}\n`);
  mkdirSync(path.dirname(path.join(folder, into)), { recursive: true });
  renameSync(made, path.join(folder, into));
  const back = (): void => { rmSync(path.join(folder, into), { recursive: true }); };
  const changed = await carriedOut(world, {
    what: `copy ${name}`, ...(needed.length && { npm: ['install', ...needed] }), read: app.read, texts: { [after.name]: after.text }, verify: () => companionsProved(locked, [], { settings, seen }, world),
  }).catch((error: unknown) => { back(); throw error; });
  if (!changed.ok) {
    back();
    return refusedSaid(changed.refusal);
  }
  return { code: 0, out: `${into} is the app’s own now, copied from ${name} ${found.version}.\n` };
}

/** The configuration with what it took from a package taken from elsewhere. */
function takenFrom(source: Source, name: string, elsewhere: string): Source {
  const declarations = [...new Set(importsOf(source).filter(({ from }) => from === name).map(({ declaration }) => declaration))];
  return edited(source, declarations.map(({ moduleSpecifier }) => ({ at: moduleSpecifier.getStart(source.file) + 1, until: moduleSpecifier.getEnd() - 1, text: elsewhere })));
}
