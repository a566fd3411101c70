import { CannotDo, given, type Command, type Said, type World } from '../command';
import { appFolder, configurationOf, installedAs, type AppFolder } from './app-folder';
import { agreed, next, refusedSaid } from './asking';
import { carriedOut, resumed } from './change';
import { removeFrom } from './configuration/configure';
import type { Source } from './configuration/source';
import { themeBack } from './configuration/theme';
import { difference } from './in-words';
import { namedInCode, type InstalledPackage } from './installed-packages';
import { SEEN_FILE, seenText, withoutTheme } from './seen';

const USAGE = `Usage: guildhall remove PACKAGE [options]

Takes a package out of the app in this folder and out of its configuration; where it is a theme, what stood there before comes back. What it has written into the database stays there: its tables are nobody's until it comes back, and an
administrator may drop its schema.

  --yes             does not ask
  --no-configure    leaves the configuration as it is

Ends with 0 when it is gone, 1 when it is needed or that is not wanted, 2 when it could not be looked at.
`;

export const remove: Command = {
  summary: 'takes a package out of this app',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, { yes: { type: 'boolean', short: 'y' }, 'no-configure': { type: 'boolean' } }, USAGE);
    const [name, ...more] = positionals;
    if (name === undefined || more.length) throw new CannotDo(`One package is removed at a time.\n\n${USAGE}`);
    const before = await resumed(world);
    if (before) world.say(before);
    return removed(name, values, world);
  },
};

async function removed(name: string, { yes, 'no-configure': leaves }: { readonly yes?: boolean; readonly 'no-configure'?: boolean }, world: World): Promise<Said> {
  const app = appFolder(world);
  const isNamed = app.manifest.dependencies?.[name] !== undefined;
  const before = leaves ? undefined : configurationOf(app);
  const after = before && removeFrom(withThemeBefore(before, name, app), name);
  const isWritten = before !== after;
  if (!isNamed && !isWritten) return { code: 0, out: `${name} is not in this app. Nothing was changed.\n` };
  const found = installedAs(app.packages, name);
  const needed = found ? neededBy(found, app) : [];
  if (needed.length) return refusedSaid({ reason: 'needed', message: `${name} is needed: ${needed.join(' ')} Remove what needs it first, or put another in its place: guildhall swap` });
  const answer = await agreed(world, { yes, question: `Remove ${name}?`, newcomers: [], lines: before && after && isWritten ? [difference(after.name, before.text, after.text).trimEnd()] : [] });
  if (answer) return answer;
  const changed = await carriedOut(world, { what: `remove ${name}`, ...(isNamed && { npm: ['uninstall', name] }), read: app.read, texts: { ...(after && isWritten && { [after.name]: after.text }), ...(app.seen.themes && { [SEEN_FILE]: seenText(withoutTheme(app.seen, name)) }) } });
  return changed.ok ? { code: 0, out: `${name} is out of the app. What it wrote stays in the database.\n${next(app)}` } : refusedSaid(changed.refusal);
}

/** With what stood before a theme, where this is one. @throws CannotDo */
function withThemeBefore(source: Source, name: string, { seen: { themes }, manifest }: AppFolder): Source {
  const stood = themes?.[name];
  if (!stood) return source;
  const without = themeBack(source, name, stood);
  const gone = without === source ? undefined : stood.imports.find(({ from }) => !from.startsWith('.') && manifest.dependencies?.[from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/')] === undefined);
  if (gone) throw new CannotDo(`Before it there was ${gone.local} of ${gone.from}, which is gone. Take another theme first (guildhall add), or write one in and take --no-configure.`);
  return without;
}

/** Who could not go on without it, in words. */
function neededBy({ name, guildhall: { kind, provides = {} } }: InstalledPackage, { packages, settings, folder }: AppFolder): readonly string[] {
  if (kind !== 'module') return [];
  const named = namedInCode(folder, settings.configuration);
  const used = packages.filter((one) => one.name !== name && named.has(one.name));
  const left = Object.keys(provides).filter((contract) => !used.some(({ guildhall }) => guildhall.kind === 'module' && guildhall.provides?.[contract] !== undefined));
  return used.flatMap((one) => left.filter((contract) => one.guildhall.requires?.[contract] !== undefined).map((contract) => `${one.name} needs the contract “${contract}”, which only ${name} provides.`));
}
