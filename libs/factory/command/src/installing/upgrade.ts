import path from 'node:path';
import type { CouncilReport, PackageFacts } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { compare, gt } from 'semver';
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
import { lookAtPackages } from './look-at-packages';

const USAGE = `Usage: guildhall upgrade [PACKAGE[@VERSION]] [options]

Brings a package, or all of them together, to the newest version that a catalogue lists and that fits, and says before what changes, in the words of whoever released it. A version whose
migrations take away what the installed one still uses is not jumped to: it goes by the one between.

  --yes                does not ask
  --trust PUBLISHER    takes packages of a publisher that this app meets for the first time
  --migrate            then builds the app (npm run build) and brings its database up to date (node dist/main.js migrate)

Ends with 0 when it is done or nothing is newer, 1 when it is refused or not wanted, 2 when it could not be looked at. Nothing is changed unless all is; what was interrupted is finished by the
next command. With --migrate it ends with 1, too, when the database could not be brought up to date: the packages are upgraded then, and it is said what to do.
`;

export const upgrade: Command = {
  summary: 'brings packages to newer versions, and says before what changes',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, { yes: { type: 'boolean', short: 'y' }, trust: { type: 'string', multiple: true }, migrate: { type: 'boolean' } }, USAGE);
    if (positionals.length > 1) throw new CannotDo(`One package is upgraded, or all.\n\n${USAGE}`);
    const before = await resumed(world);
    if (before) world.say(before);
    const app = appFolder(world);
    const one = positionals[0] === undefined ? undefined : wantedIn(positionals[0]);
    if (one && !installedAs(app.packages, one.name)) throw new CannotDo(`${one.name} is not installed here. Take: guildhall add ${one.name}`);
    return upgraded(app, one ? [one] : Object.keys(app.manifest.dependencies ?? {}).filter((name) => installedAs(app.packages, name)).map((name) => ({ name })), one !== undefined, values, world);
  },
};

/** A package and the versions on the way. */
interface Step { readonly name: string; readonly from: string; readonly to: string; /** Of each catalogue that did not answer. */ readonly unreached: readonly string[]; /** After the installed one, the last one included. */ readonly between: readonly string[] }

async function upgraded(app: AppFolder, wanted: readonly Wanted[], isOne: boolean, values: { readonly yes?: boolean; readonly trust?: readonly string[]; readonly migrate?: boolean }, world: World): Promise<Said> {
  const { settings, seen } = app;
  const steps: Step[] = [];
  const unreached = new Set<string>();
  const gone: string[] = [];
  for (const one of wanted) {
    const step = await stepOf(one, app);
    if (!step.ok && isOne) return refusedSaid(step.refusal);
    if (!step.ok) {
      // What nobody lists was never anybody's to upgrade; what was taken off is to be known.
      if (step.refusal.reason === 'taken-off') gone.push(step.refusal.message);
      continue;
    }
    if (step.value.to !== step.value.from) steps.push(step.value);
    for (const each of step.value.unreached) unreached.add(each);
  }
  if (steps.length === 0 && gone.length) return refusedSaid({ reason: 'taken-off', message: gone.join('\n') });
  if (steps.length === 0) return { code: 0, out: `${isOne ? `${wanted[0]?.name ?? ''} is` : 'All is'} as new as a catalogue lists. Nothing was changed.\n${[...unreached].map((one) => `Note: ${one} What it alone lists is not known now.\n`).join('')}` };
  const listed: BelievedRelease[] = [];
  for (const { name, to } of steps) {
    const believed = await believedRelease(name, to, undefined, { settings, seen, now: world.now });
    if (!believed.ok) return refusedSaid(believed.refusal);
    listed.push(believed.value);
  }
  const council = await councilReport(world, { asksApp: false, asksCatalogues: false });
  const then = asItWouldBe(council, listed.map(({ facts }) => facts));
  const broken = othersBroken(app, council, then, listed.map(({ facts }) => facts));
  if (broken.length) return refusedSaid({ reason: 'does-not-fit', message: broken.join('\n') });
  const found: Examined[] = [];
  const lines: string[] = gone.map((line) => `Note: ${line}`);
  for (const step of steps) {
    const one = await examined(step.name, step.to, { settings, seen, council: then, installed: step.from }, world);
    if (!one.ok) return refusedSaid(one.refusal);
    found.push(one.value);
    const way = await wayTo(step, one.value, app, world);
    if (!way.ok) return refusedSaid(way.refusal);
    lines.push(`${step.name} ${step.from} → ${step.to}`, ...way.value, ...one.value.warnings.map((line) => `  Note: ${line}`));
  }
  if (values.migrate) lines.push(...foretold(app, found));
  const answer = await agreed(world, { ...values, question: steps.length === 1 ? `Upgrade ${steps[0]?.name ?? ''}?` : `Upgrade these ${steps.length} packages?`, lines, newcomers: found.filter(({ pin }) => pin) });
  if (answer) return answer;
  const taken = found.map(({ believed }) => believed);
  const pins = found.flatMap(({ pin }) => pin ?? []);
  const locked = lockedIn(world.folder);
  const changed = await carriedOut(world, { what: `upgrade ${steps.map(({ name, to }) => `${name}@${to}`).join(' ')}`, npm: ['install', '--save-exact', ...steps.map(({ name, to }) => `${name}@${to}`)], read: app.read, texts: remembered(app, taken, pins), ...(values.migrate && { main: settings.main }), verify: () => companionsProved(locked, taken, { settings: { ...settings, publishers: [...settings.publishers, ...pins] }, seen }, world) });
  return changed.ok ? saidDone(app, steps.map(({ name, to }) => `${name} is ${to} now.\n`).join(''), changed.value) : refusedSaid(changed.refusal);
}

/** Where a package would go; to where it is when nothing is newer. @throws CannotDo */
async function stepOf(wanted: Wanted, { settings, packages }: AppFolder): Promise<Outcome<Step, Refusal<string>>> {
  const from = installedAs(packages, wanted.name)?.version ?? '0.0.0';
  const chosen = await chosenVersion(wanted, settings, []);
  if (!chosen.ok) return chosen;
  const { version, versions, unreached } = chosen.value;
  const to = wanted.range === undefined && !gt(version, from) ? from : version;
  return done({ name: wanted.name, from, to, unreached, between: versions.filter((one) => gt(one, from) && !gt(one, to)).sort(compare) });
}

/** What each release on the way changes, in its maker's words. Nobody is led past one that must have run before the next takes something away. */
async function wayTo({ name, from, to, between }: Step, { files }: Examined, { folder, packages, settings, seen }: AppFolder, world: World): Promise<Outcome<readonly string[], Refusal<string>>> {
  const lines: string[] = [];
  for (const version of between) {
    const release = await believedRelease(name, version, undefined, { settings, seen, now: world.now });
    lines.push(release.ok ? `  ${version} (${release.value.release.publishedAt.slice(0, 10)}): ${release.value.release.changes?.trim().replaceAll('\n', '\n    ') ?? 'its maker does not say what changed.'}` : `  ${version}: ${release.refusal.message}`);
  }
  const installed = installedAs(packages, name);
  let before = installed ? contractionsIn(filesIn(path.join(folder, installed.at))) : new Set<string>();
  const taken = new Set([...contractionsIn(files)].filter((one) => !before.has(one)));
  if (taken.size === 0) return done(lines);
  for (const [index, version] of between.entries()) {
    const now = version === to ? { ok: true as const, value: { files } } : await provedPackage(name, version, { settings, seen }, world);
    if (!now.ok) continue;
    const away = [...contractionsIn(now.value.files)].filter((one) => !before.has(one));
    if (away.length && index > 0) return refused('contracts', `${name} ${version} takes away (${away.join('; ')}) what ${from} may still use. Go to ${between[index - 1] ?? ''} first, let it run everywhere, and then go on: guildhall upgrade ${name}@${between[index - 1] ?? ''}`);
    before = contractionsIn(now.value.files);
  }
  return done([...lines, `  It takes away: ${[...taken].join('; ')}. Let no older version run beside it.`]);
}

function asItWouldBe(council: CouncilReport, facts: readonly PackageFacts[]): CouncilReport {
  const newer = new Map(facts.map((one) => [one.name, one]));
  const provided = facts.filter(({ kind, provides }) => kind === 'module' && Object.keys(provides).some((contract) => council.contracts[contract] !== undefined));
  return { ...council, packages: council.packages.map((one) => ({ ...one, version: newer.get(one.name)?.version ?? one.version })), contracts: Object.assign({}, council.contracts, ...provided.map(({ provides }) => provides)) as CouncilReport['contracts'] };
}

/** Who of the others would not find any more what they need. */
function othersBroken({ folder, packages, settings }: AppFolder, now: CouncilReport, then: CouncilReport, facts: readonly PackageFacts[]): readonly string[] {
  const named = namedInCode(folder, settings.configuration);
  const others = packages.filter(({ name }) => !facts.some((one) => one.name === name));
  const broken = (council: CouncilReport): readonly string[] => lookAtPackages(others, named, council.contracts, council.node).filter(({ weight }) => weight === 'mend').map(({ text }) => text);
  const before = broken(now);
  return broken(then).filter((text) => !before.includes(text));
}
