import path from 'node:path';
import type { CouncilReport } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { gt, rcompare, satisfies, valid } from 'semver';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { appFolder, installedAs, remembered, type AppFolder } from './app-folder';
import { agreed, refusedSaid, saidDone } from './asking';
import { believedRelease, type BelievedRelease } from './believed-release';
import { carriedOut, resumed } from './change';
import { chosenVersion, wantedIn, type Wanted } from './chosen-version';
import { companionsProved } from './companions';
import { contractionsIn, filesIn } from './contractions';
import { councilReport } from './doctor';
import { examined, provedPackage, type Examined } from './examined';
import { foretold } from './foretold';
import { lockedIn, namedInCode } from './installed-packages';
import { asItWouldBe, newestTogether, type Mover } from './newest-together';

const USAGE = `Usage: guildhall upgrade [PACKAGE[@VERSION]] [options]

Brings a package, or all of them together, to the newest version that a catalogue lists and that fits, and says before what changes, in the words of whoever released it. What does not fit
with the rest, or is against the council's policy, gives way to an older one, and it is said why. A version whose migrations take away what the installed one still uses is not jumped to: it
goes to the one between, and on with the next upgrade, when that has run everywhere. A version that is named is that one or none.

  --yes                does not ask
  --trust PUBLISHER    takes packages of a publisher that this app meets for the first time
  --migrate            then builds the app (npm run build) and brings its database up to date (node dist/main.js migrate)

Ends with 0 when it is done or nothing is newer, 1 when it is refused or not wanted, 2 when it could not be looked at. Nothing is changed unless all is; what was interrupted is finished by the
next command. With --migrate it ends with 1, too, when the database could not be brought up to date: the packages are upgraded then, and it is said what to do.
`;
const OPTIONS = { yes: { type: 'boolean', short: 'y' }, trust: { type: 'string', multiple: true }, migrate: { type: 'boolean' } } as const;
type Values = ReturnType<typeof given<typeof OPTIONS>>['values'];

export const upgrade: Command = {
  summary: 'brings packages to newer versions, and says before what changes',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, OPTIONS, USAGE);
    if (positionals.length > 1) throw new CannotDo(`One package is upgraded, or all.\n\n${USAGE}`);
    const before = await resumed(world);
    if (before) world.say(before);
    const app = appFolder(world);
    const one = positionals[0] === undefined ? undefined : wantedIn(positionals[0]);
    if (one && !installedAs(app.packages, one.name)) throw new CannotDo(`${one.name} is not installed here. Take: npx guildhall add ${one.name}`);
    return upgraded(app, one ? [one] : Object.keys(app.manifest.dependencies ?? {}).filter((name) => installedAs(app.packages, name)).map((name) => ({ name })), one !== undefined, values, world);
  },
};

/** A package and where it could go. */
interface Step {
  readonly name: string;
  readonly from: string;
  /** To none but this. */
  readonly isExact: boolean;
  /** Of each catalogue that did not answer. */
  readonly unreached: readonly string[];
  /** What is listed between the installed one and the newest that is wanted, which is the first. */
  readonly releases: readonly Listed[];
}
interface Listed { readonly version: string; /** Whether it may be taken, and is not only passed by. */ readonly isWanted: boolean; readonly believed: Outcome<BelievedRelease, Refusal<string>> }
/** For these an older release is taken where there is one; for others something is wrong of which somebody must know. */
const GIVES_WAY = ['does-not-fit', 'policy', 'contracts', 'withdrawn', 'install-scripts', 'taken-off', 'not-listed'];

async function upgraded(app: AppFolder, wanted: readonly Wanted[], isOne: boolean, values: Values, world: World): Promise<Said> {
  const steps: Step[] = [];
  const unreached = new Set<string>();
  const notes: string[] = [];
  for (const one of wanted) {
    const step = await stepOf(one, app, world);
    if (!step.ok && isOne) return refusedSaid(step.refusal);
    if (!step.ok) {
      // What nobody lists was never anybody's to upgrade; what was taken off is to be known.
      if (step.refusal.reason === 'taken-off') notes.push(step.refusal.message);
      continue;
    }
    if (step.value.releases.length) steps.push(step.value);
    for (const each of step.value.unreached) unreached.add(each);
  }
  if (steps.length === 0 && notes.length) return refusedSaid({ reason: 'taken-off', message: notes.join('\n') });
  if (steps.length === 0) return { code: 0, out: `${isOne ? `${wanted[0]?.name ?? ''} is` : 'All is'} as new as a catalogue lists. Nothing was changed.\n${[...unreached].map((one) => `Note: ${one} What it alone lists is not known now.\n`).join('')}` };
  const fitting = await fittingOf(steps, app, world);
  if (!fitting.ok) return refusedSaid(fitting.refusal);
  const { taken: ways, held } = fitting.value;
  if (ways.length === 0) return refusedSaid({ reason: 'does-not-fit', message: [...notes, ...held].join('\n') });
  const found = ways.map(({ examined: one }) => one);
  const lines = [...[...notes, ...held].map((line) => `Note: ${line}`), ...ways.flatMap(({ step, to, words, examined: one }) => [`${step.name} ${step.from} → ${to}`, ...words, ...one.warnings.map((line) => `  Note: ${line}`)])];
  if (values.migrate) lines.push(...foretold(app, found));
  const answer = await agreed(world, { ...values, question: ways.length === 1 ? `Upgrade ${ways[0]?.step.name ?? ''}?` : `Upgrade these ${ways.length} packages?`, lines, newcomers: found.filter(({ pin }) => pin) });
  if (answer) return answer;
  const taken = found.map(({ believed }) => believed);
  const pins = found.flatMap(({ pin }) => pin ?? []);
  const locked = lockedIn(world.folder);
  const named = ways.map(({ step, to }) => `${step.name}@${to}`);
  const changed = await carriedOut(world, {
    what: `upgrade ${named.join(' ')}`, npm: ['install', '--save-exact', ...named], read: app.read, texts: remembered(app, taken, pins), ...(values.migrate && { main: app.settings.main }),
    verify: () => companionsProved(locked, taken, { settings: { ...app.settings, publishers: [...app.settings.publishers, ...pins] }, seen: app.seen }, world),
  });
  return changed.ok ? saidDone(app, ways.map(({ step, to }) => `${step.name} is ${to} now.\n`).join(''), changed.value) : refusedSaid(changed.refusal);
}

/** Where a package could go; nowhere when nothing is newer. @throws CannotDo */
async function stepOf(wanted: Wanted, { settings, seen, packages }: AppFolder, world: World): Promise<Outcome<Step, Refusal<string>>> {
  const { name, range } = wanted;
  const from = installedAs(packages, name)?.version ?? '0.0.0';
  const chosen = await chosenVersion(wanted, settings, []);
  if (!chosen.ok) return chosen;
  const { version: newest, versions, unreached } = chosen.value;
  const isExact = valid(range ?? '') !== null;
  const on = newest === from || (range === undefined && !gt(newest, from)) ? [] : [newest, ...versions.filter((one) => gt(one, from) && gt(newest, one)).sort(rcompare)];
  const releases: Listed[] = [];
  for (const version of on) releases.push({ version, isWanted: version === newest || satisfies(version, range ?? '*'), believed: await believedRelease(name, version, undefined, { settings, seen, now: world.now }) });
  return done({ name, from, isExact, unreached, releases });
}

/** A package that goes to another version, looked at, with what changes on the way. */
interface Way { readonly step: Step; readonly to: string; readonly examined: Examined; readonly words: readonly string[] }

/** The newest releases that fit together, each looked at; and why some do not go as far as they could, in sentences. */
async function fittingOf(steps: readonly Step[], app: AppFolder, world: World): Promise<Outcome<{ readonly taken: readonly Way[]; readonly held: readonly string[] }, Refusal<string>>> {
  const { settings, packages, folder } = app;
  const council = await councilReport(world, { asksApp: false, asksCatalogues: false });
  const asItIs = { council, packages, named: namedInCode(folder, settings.configuration) };
  // By name and version: why it is not taken.
  const barred = new Map<string, string>();
  for (;;) {
    const movers: Mover[] = [];
    for (const { name, isExact, releases } of steps) {
      const open = releases.filter(({ version, isWanted }) => isWanted && !barred.has(`${name} ${version}`));
      const [first] = open;
      if (first && !first.believed.ok && (isExact || !GIVES_WAY.includes(first.believed.refusal.reason))) return first.believed;
      movers.push({ name, offers: open.flatMap(({ believed }) => (believed.ok ? [believed.value.facts] : [])) });
    }
    const together = newestTogether(movers, asItIs);
    const then = asItWouldBe(asItIs, together.taken);
    const taken: Way[] = [];
    let isBarred = false;
    for (const { name, version: to } of together.taken) {
      const step = steps.find((one) => one.name === name);
      if (!step) continue;
      const way = await lookedAt(step, to, then, app, world);
      if (way.ok) { taken.push(way.value); continue; }
      if (step.isExact || !GIVES_WAY.includes(way.refusal.reason)) return way;
      barred.set(`${name} ${to}`, way.refusal.message);
      isBarred = true;
    }
    if (!isBarred) return done({ taken, held: steps.flatMap((step) => heldAt(step, taken.find((one) => one.step === step)?.to, barred, together.held.get(step.name))) });
  }
}

async function lookedAt(step: Step, to: string, council: CouncilReport, app: AppFolder, world: World): Promise<Outcome<Way, Refusal<string>>> {
  const one = await examined(step.name, to, { settings: app.settings, seen: app.seen, council, installed: step.from }, world);
  if (!one.ok) return one;
  const words = await wayTo(step, to, one.value, app, world);
  return words.ok ? done({ step, to, examined: one.value, words: words.value }) : words;
}

/** Why a package does not go to the newest that is listed. */
function heldAt({ name, from, releases: [newest] }: Step, to: string | undefined, barred: ReadonlyMap<string, string>, why: string | undefined): readonly string[] {
  if (!newest || newest.version === to) return [];
  const reason = barred.get(`${name} ${newest.version}`) ?? (newest.believed.ok ? why : newest.believed.refusal.message);
  return [`${name} ${to === undefined ? `stays at ${from}` : `goes to ${to} only`}, and ${newest.version} is listed: ${reason ?? ''}`];
}

/** What each release on the way changes, in its maker's words. Nobody is led past one that must have run before the next takes something away. */
async function wayTo({ name, from, releases }: Step, to: string, { files }: Examined, { folder, packages, settings, seen }: AppFolder, world: World): Promise<Outcome<readonly string[], Refusal<string>>> {
  const lines: string[] = [];
  const between = releases.filter(({ version }) => !gt(version, to)).reverse();
  for (const { version, believed: release } of between) lines.push(release.ok ? `  ${version} (${release.value.release.publishedAt.slice(0, 10)}): ${release.value.release.changes?.trim().replaceAll('\n', '\n    ') ?? 'its maker does not say what changed.'}` : `  ${version}: ${release.refusal.message}`);
  const installed = installedAs(packages, name);
  let before = installed ? contractionsIn(filesIn(path.join(folder, installed.at))) : new Set<string>();
  const taken = new Set([...contractionsIn(files)].filter((one) => !before.has(one)));
  if (taken.size === 0) return done(lines);
  for (const [index, { version }] of between.entries()) {
    const now = version === to ? { ok: true as const, value: { files } } : await provedPackage(name, version, { settings, seen }, world);
    if (!now.ok) continue;
    const away = [...contractionsIn(now.value.files)].filter((one) => !before.has(one));
    if (away.length && index > 0) return refused('contracts', `${name} ${version} takes away (${away.join('; ')}) what ${from} may still use. Go to ${between[index - 1]?.version ?? ''} first, let it run everywhere, and then go on: npx guildhall upgrade ${name}@${between[index - 1]?.version ?? ''}`);
    before = contractionsIn(now.value.files);
  }
  return done([...lines, `  It takes away: ${[...taken].join('; ')}. Let no older version run beside it.`]);
}
