import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConformanceReport, Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { appFolder, configurationOf, installedAs, remembered, type AppFolder } from './app-folder';
import { agreed, refusedSaid, saidDone } from './asking';
import { carriedOut, resumed } from './change';
import { chosenVersion, wantedIn } from './chosen-version';
import { companionsProved } from './companions';
import { compilerOf } from './configuration/compiler';
import { swapIn } from './configuration/configure';
import { importsOf } from './configuration/imports';
import { makerIn } from './configuration/makers';
import { providersOf } from './configuration/places';
import type { Source } from './configuration/source';
import { councilReport } from './doctor';
import { examined } from './examined';
import { foretold } from './foretold';
import { difference, inWords } from './in-words';
import { lockedIn, type InstalledPackage } from './installed-packages';
import { moduleFor } from './place-of';

const USAGE = `Usage: guildhall swap CAPABILITY PACKAGE[@VERSION] [options]

Puts a provider in place of the one that the app has (guildhall swap payments @westmarch/pay-by-bank), when both have passed the same kit of the same version. A provider in earnest stays after
the new one, because what was paid through it is paid back through it; a practice one goes.

  --yes                 does not ask
  --trust PUBLISHER     takes packages of a publisher that this app meets for the first time
  --instead-of PACKAGE  which, where there are several
  --with EXPRESSION     what it is given in the configuration
  --as NAME             which of its exports goes into the configuration
  --into PART           among which providers of the module (providers)
  --drop                the old one goes in any case
  --keep                the old one stays in any case
  --migrate             then builds the app (npm run build) and brings its database up to date (node dist/main.js migrate)

Ends with 0 when it is done, 1 when it is refused or not wanted, 2 when it could not be looked at.
`;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = { yes: { ...flag, short: 'y' }, trust: { ...text, multiple: true }, 'instead-of': text, with: text, as: text, into: text, drop: flag, keep: flag, migrate: flag } as const;
type Values = ReturnType<typeof given<typeof OPTIONS>>['values'];

export const swap: Command = {
  summary: 'puts a provider in place of another that passes the same kit',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, OPTIONS, USAGE);
    const [capability, one, ...more] = positionals;
    if (capability === undefined || one === undefined || more.length || (values.drop && values.keep)) throw new CannotDo(USAGE);
    const before = await resumed(world);
    if (before) world.say(before);
    return swapped(capability, one, values, world);
  },
};

async function swapped(capability: string, one: string, values: Values, world: World): Promise<Said> {
  const wanted = wantedIn(one);
  const app = appFolder(world);
  const { settings, seen, packages } = app;
  const source = configurationOf(app);
  const module = moduleFor(capability, [capability], packages);
  const place = { module, part: values.into ?? 'providers' };
  const old = standingIn(source, place, packages, values['instead-of']);
  const chosen = await chosenVersion(wanted, settings, packages.map(({ name }) => name));
  if (!chosen.ok) return refusedSaid(chosen.refusal);
  const { name } = wanted;
  const council = await councilReport(world, { asksApp: false, asksCatalogues: false });
  const found = await examined(name, chosen.value.version, { settings, seen, council, installed: installedAs(packages, name)?.version }, world);
  if (!found.ok) return refusedSaid(found.refusal);
  const { believed, files, pin, warnings } = found.value;
  const same = sameKits({ name: old.name, reports: reportsOf(app, old) }, { name, reports: believed.facts.reports });
  if (!same.ok) return refusedSaid(same.refusal);
  const keepsOld = values.keep ?? (values.drop ? false : old.guildhall.isSandbox !== true);
  const maker = makerIn(compilerOf(app.folder), files, believed.facts, values.as);
  if (maker.needs !== undefined && values.with === undefined) throw new CannotDo(`${maker.name}() of ${name} must be given something: ${maker.needs}. Say what: --with "{ … }"`);
  const after = swapIn(source, old.name, { package: name, name: maker.name, ...(values.with !== undefined && { given: values.with }) }, place, keepsOld);
  const stays = after.text.includes(`'${old.name}'`) || after.text.includes(`"${old.name}"`);
  const answer = await agreed(world, {
    ...values, question: `Put ${name} in place of ${old.name}?`, newcomers: pin ? [found.value] : [],
    lines: [...inWords(believed, settings, world.now), `  ${same.value}`, ...warnings.map((line) => `  Note: ${line}`), ...(stays ? [`  ${old.name} stays after it, for what was begun there. Take it out when that is settled: npx guildhall remove ${old.name}`] : []), '', difference(after.name, source.text, after.text).trimEnd(), ...(values.migrate ? foretold(app, [found.value]) : [])],
  });
  if (answer) return answer;
  const locked = lockedIn(world.folder);
  const changed = await carriedOut(world, {
    what: `swap ${capability} ${name}`, npm: ['install', '--save-exact', `${name}@${believed.facts.version}`], read: app.read, texts: { ...remembered(app, [believed], pin ? [pin] : []), [after.name]: after.text },
    ...(values.migrate && { main: settings.main }), verify: () => companionsProved(locked, [believed], { settings: pin ? { ...settings, publishers: [...settings.publishers, pin] } : settings, seen }, world),
  });
  if (!changed.ok) return refusedSaid(changed.refusal);
  return saidDone(app, `${name} ${believed.facts.version} is in place of ${old.name}.\n${stays ? '' : `${old.name} is not used any more: npx guildhall remove ${old.name}\n`}`, changed.value);
}

/** The provider that would give way. @throws CannotDo */
function standingIn(source: Source, { module, part }: { readonly module: string; readonly part: string }, packages: readonly InstalledPackage[], wanted: string | undefined): InstalledPackage {
  const { list } = providersOf(source, module, part);
  const named = importsOf(source).filter(({ local }) => list?.elements.some((one) => one.getText(source.file).startsWith(local)));
  const found = packages.filter(({ name, guildhall: { kind } }) => kind === 'provider' && named.some(({ from }) => from === name) && (wanted === undefined || name === wanted));
  const [first, ...more] = found;
  if (!first) throw new CannotDo(wanted === undefined ? `${module} has no provider that could be replaced. Take: npx guildhall add` : `${module} does not have ${wanted}.`);
  if (more.length) throw new CannotDo(`${module} has several providers: ${found.map(({ name }) => name).join(', ')}. Say which with --instead-of.`);
  return first;
}

function reportsOf({ folder }: AppFolder, { at, guildhall: { conformance = [] } }: InstalledPackage): readonly ConformanceReport[] {
  return conformance.map((file) => JSON.parse(readFileSync(path.join(folder, at, file), 'utf8')) as ConformanceReport);
}

interface Reported { readonly name: string; readonly reports: readonly ConformanceReport[] }

/** Whether two have passed the same kits of the same versions, by their reports: each that the old one brings, the other must bring. @returns what is so, in words */
export function sameKits(old: Reported, other: Reported): Outcome<string, Refusal<'another-kit' | 'not-passed'>> {
  if (old.reports.length === 0) return refused('another-kit', `${old.name} brings no report of a kit, so that nobody knows whether ${other.name} can stand for it.`);
  const missing = old.reports.filter(({ kit }) => !other.reports.some((one) => one.kit === kit)).map(({ kit }) => kit);
  if (missing.length) return refused('another-kit', `${old.name} has passed ${missing.join(' and ')}, and ${other.name} brings no report of ${missing.length === 1 ? 'it' : 'them'}, so that nobody knows whether one can stand for the other.`);
  const cannot = new Set<string>();
  const seen = new Map<string, number>();
  for (const one of old.reports) {
    // A package may bring several of one kit, for several things that it does: each stands for its place.
    const nth = seen.get(one.kit) ?? 0;
    seen.set(one.kit, nth + 1);
    const alike = other.reports.filter(({ kit }) => kit === one.kit);
    const found = alike[nth] ?? alike[0] ?? one;
    const otherVersion = alike.find(({ version }) => version !== one.version)?.version;
    if (otherVersion !== undefined) return refused('another-kit', `${old.name} has passed ${one.kit} ${one.version}, and ${other.name} ${otherVersion}. Upgrade the one that is behind first.`);
    for (const { name, report } of [{ name: old.name, report: one }, ...alike.map((report) => ({ name: other.name, report }))]) {
      const failed = report.results.filter(({ result }) => result === 'failed').map(({ id }) => id);
      if (failed.length) return refused('not-passed', `${name} has not passed ${failed.join(', ')} of ${report.kit}.`);
    }
    const passed = one.results.filter(({ result }) => result === 'passed');
    const resultOf = (id: string): string | undefined => found.results.find((case_) => case_.id === id)?.result;
    // One that was left out says nothing; one that is said not to apply says what it cannot do.
    const leftOut = passed.filter(({ id }) => resultOf(id) === undefined).map(({ id }) => id);
    if (leftOut.length) return refused('not-passed', `The report of ${other.name} leaves out ${leftOut.join(', ')} of ${one.kit}, so that nobody knows whether it passes.`);
    const less = passed.filter(({ id }) => resultOf(id) !== 'passed').map(({ id }) => id);
    if (passed.length > 0 && less.length === passed.length) return refused('not-passed', `${other.name} has passed nothing of what ${old.name} has of ${one.kit}.`);
    for (const id of less) cannot.add(id);
  }
  const both = `Both have passed ${[...new Set(old.reports.map(({ kit, version }) => `${kit} ${version}`))].join(' and ')}.`;
  return done(cannot.size ? `${both} ${other.name} cannot do what ${[...cannot].join(', ')} ${cannot.size === 1 ? 'is' : 'are'} about.` : both);
}
