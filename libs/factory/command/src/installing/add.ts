import { CannotDo, given, type Command, type Said, type World } from '../command';
import { appFolder, configurationOf, installedAs, remembered, type AppFolder } from './app-folder';
import { carriedOut, resumed } from './change';
import { chosenVersion, wantedIn } from './chosen-version';
import { companionsProved } from './companions';
import { addTo } from './configuration/configure';
import { compilerOf } from './configuration/compiler';
import { makerIn } from './configuration/makers';
import type { Source } from './configuration/source';
import { themeInto } from './configuration/theme';
import { councilReport } from './doctor';
import { examined, type Examined } from './examined';
import { foretold } from './foretold';
import { difference, inWords } from './in-words';
import { lockedIn } from './installed-packages';
import { agreed, refusedSaid, saidDone } from './asking';
import { placeOf } from './place-of';
import { withTheme, type Seen } from './seen';

const USAGE = `Usage: guildhall add PACKAGE[@VERSION] [options]

Takes a module, a provider, a service pack or a theme into the app in this folder, when it is proved who made it, it fits, and the council's policy (guildhall.json) lets it in.
Shows what it keeps about people, what it may do and what would be changed, and asks.

  --yes                 does not ask
  --trust PUBLISHER     takes packages of a publisher that this app meets for the first time
  --with EXPRESSION     what it is given in the configuration: --with "{ zones: 3 }"
  --as NAME             which of its exports goes into the configuration
  --into PART           of a provider: among which providers of its module (providers)
  --council SLUG        which, where the configuration has several
  --older               replaces a newer version on purpose
  --no-configure        leaves the configuration as it is
  --migrate             then builds the app (npm run build) and brings its database up to date (node dist/main.js migrate)

Ends with 0 when it is there, 1 when it is refused or not wanted, 2 when it could not be looked at. Nothing is changed unless all is.
With --migrate it ends with 1, too, when the database could not be brought up to date: the package is there then, and it is said what to do.
`;
const OPTIONS = { yes: { type: 'boolean', short: 'y' }, trust: { type: 'string', multiple: true }, with: { type: 'string' }, as: { type: 'string' }, into: { type: 'string' }, council: { type: 'string' }, older: { type: 'boolean' }, 'no-configure': { type: 'boolean' }, migrate: { type: 'boolean' } } as const;
type Values = ReturnType<typeof given<typeof OPTIONS>>['values'];

export const add: Command = {
  summary: 'takes a package into this app, once it is proved and fits',
  usage: USAGE,
  run: async (argv, world) => {
    const { values, positionals } = given(argv, OPTIONS, USAGE);
    const [one, ...more] = positionals;
    if (one === undefined || more.length) throw new CannotDo(`One package is added at a time.\n\n${USAGE}`);
    const before = await resumed(world);
    if (before) world.say(before);
    return added(one, values, world);
  },
};

async function added(text: string, values: Values, world: World): Promise<Said> {
  const wanted = wantedIn(text);
  const app = appFolder(world);
  const { settings, seen, packages } = app;
  const chosen = await chosenVersion(wanted, settings, packages.map(({ name }) => name));
  if (!chosen.ok) return refusedSaid(chosen.refusal);
  const { name } = wanted;
  const { version } = chosen.value;
  const council = await councilReport(world, { asksApp: false, asksCatalogues: false, council: values.council });
  const found = await examined(name, version, { settings, seen, council, installed: installedAs(packages, name)?.version, isOlderOnPurpose: values.older }, world);
  if (!found.ok) return refusedSaid(found.refusal);
  const before = values['no-configure'] ? undefined : configurationOf(app);
  const then = before && configured(before, found.value, app, values);
  const after = then?.source;
  const isThere = installedAs(packages, name)?.version === version && app.manifest.dependencies?.[name] === version;
  if (isThere && before?.text === after?.text) return { code: 0, out: `${name} ${version} is there already. Nothing was changed.\n` };
  const agreement = await agreed(world, { ...values, question: `Add ${name} ${version}?`, newcomers: found.value.pin ? [found.value] : [], lines: [...inWords(found.value.believed, settings, world.now), ...found.value.warnings.map((line) => `  Note: ${line}`), ...shown(before, after), ...(values.migrate ? foretold(app, [found.value]) : [])] });
  if (agreement) return agreement;
  const taken = [found.value.believed];
  const locked = lockedIn(world.folder);
  const changed = await carriedOut(world, {
    what: `add ${name} ${version}`, npm: ['install', '--save-exact', `${name}@${version}`],
    read: app.read, texts: { ...remembered({ ...app, seen: then?.seen ?? seen }, taken, found.value.pin ? [found.value.pin] : []), ...(after && { [after.name]: after.text }) },
    verify: () => companionsProved(locked, taken, { settings: withPin(app, found.value), seen }, world), ...(values.migrate && { main: settings.main }),
  });
  if (!changed.ok) return refusedSaid(changed.refusal);
  return saidDone(app, `${name} ${version} is in the app.\n`, changed.value);
}

/** The configuration with the package in it, and what is to be remembered of it. @throws CannotDo */
function configured(source: Source, { believed: { facts }, files }: Examined, { folder, packages, seen }: AppFolder, values: Values): { readonly source: Source; readonly seen: Seen } {
  const place = placeOf(facts, packages, values);
  if (!place && facts.kind !== 'theme') return { source, seen };
  const maker = makerIn(compilerOf(folder), files, facts, values.as);
  if (!place) {
    const { source: themed, before } = themeInto(source, { package: facts.name, name: maker.name }, values.council);
    return { source: themed, seen: before ? withTheme(seen, facts.name, before) : seen };
  }
  const written = addTo(source, { package: facts.name, name: maker.name, ...(values.with !== undefined && { given: values.with }) }, place);
  if (written !== source && maker.needs !== undefined && values.with === undefined) throw new CannotDo(`${maker.name}() of ${facts.name} must be given something: ${maker.needs}. Say what: --with "{ … }", or write it yourself and take --no-configure.`);
  return { source: written, seen };
}

function withPin({ settings }: AppFolder, { pin }: Examined): AppFolder['settings'] { return pin ? { ...settings, publishers: [...settings.publishers, pin] } : settings; }

function shown(before: Source | undefined, after: Source | undefined): readonly string[] { return before && after && before.text !== after.text ? ['', difference(after.name, before.text, after.text).trimEnd()] : []; }
