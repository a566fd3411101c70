import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CouncilReport, DoctorFinding } from '@guildhall/catalogue-contract';
import { given, type Command, type Said, type World } from '../command';
import { unfinished } from './change';
import { compilerOf } from './configuration/compiler';
import { councilIn, innerOf, partOf, textsOf } from './configuration/places';
import { sourceOf } from './configuration/source';
import { copiesIn, lookAtCopies } from './copies';
import { textFile, type CouncilSettings } from './council-settings';
import { installedPackages, namedInCode, ownManifest, reported } from './installed-packages';
import { installedDemands } from './kit-demands';
import { SEEN_FILE, seenIn, seenText } from './seen';
import { lookAtApp, type AppLookedAt } from './look-at-app';
import { lookAtHosting } from './look-at-hosting';
import { lookAtPublished } from './look-at-published';
import { lookAtPackages, providedBy } from './look-at-packages';
import { lookAtLists, settingsWithLists } from './trust-lists';

const USAGE = `Usage: guildhall doctor [options]

Looks at the app in this folder: its packages and the contracts between them, its database and connections (as the built app sees them), copied services, and what
the catalogues that it follows say of its packages.

  --json            as a catalogue reads it to say what fits: it names no person, no key and no setting’s value
  --without-app     does not start the app to ask it
  --offline         asks no catalogue: what was said before counts
  --council SLUG    which, where the configuration has several

Ends with 0 when nothing is to be mended, 1 when something is, 2 when it cannot be looked at.
`;

export const doctor: Command = {
  summary: 'what is missing, clashing, out of date or warned of in this app',
  usage: USAGE,
  run: async (argv, world) => {
    const { values } = given(argv, { json: { type: 'boolean' }, 'without-app': { type: 'boolean' }, offline: { type: 'boolean' }, council: { type: 'string' } }, USAGE);
    return said(await councilReport(world, { asksApp: !values['without-app'], asksCatalogues: !values.offline, council: values.council }), values.json);
  },
};

/** How far the doctor goes. */
export interface Looking { readonly asksApp: boolean; readonly asksCatalogues: boolean; readonly council?: string }

/** What the app in this folder is made of, and how it does. @throws CannotDo */
export async function councilReport(world: World, { asksApp, asksCatalogues, council }: Looking): Promise<CouncilReport> {
  const { folder } = world;
  const manifest = ownManifest(folder);
  const settings = settingsWithLists(folder, world.now);
  const packages = installedPackages(folder);
  const named = namedInCode(folder, settings.configuration);
  const app: AppLookedAt = asksApp ? await lookAtApp(settings.main, world) : { findings: [], councils: [] };
  const ofApp = app.councils.find(({ slug }) => council === undefined || slug === council);
  const contracts = ofApp?.contracts ?? providedBy(packages, named);
  const copies = copiesIn(folder);
  const node = process.versions.node;
  const { slug, languages, nation } = { ...writtenCouncil(folder, settings, council), ...ofApp };
  const seen = seenIn(folder);
  // Where the app has judged what it runs on, that has been said.
  const hosting = (): readonly DoctorFinding[] => (settings.deployment === undefined && app.findings.some(({ subject }) => subject.endsWith(' sharing.assurance')) ? [] : lookAtHosting(settings, slug, folder, world.now));
  const published = await lookAtPublished(packages, copies, { own: Object.keys(manifest.dependencies ?? {}), settings, seen, now: world.now, demands: installedDemands(folder, packages) }, asksCatalogues);
  const after = seenText({ ...seen, ...published.seen });
  if (asksCatalogues && after !== seenText(seen)) writeFileSync(path.join(folder, SEEN_FILE), after);
  return {
    format: 1, at: world.now.toISOString(), council: { slug, languages, nation }, node, packages: packages.filter(({ at }) => !at.slice('node_modules/'.length).includes('node_modules/')).map(reported), contracts, copies,
    findings: [...lookAtChange(folder), ...lookAtPackages(packages, named, contracts, node), ...app.findings, ...published.findings, ...lookAtLists(settings, folder, world.now), ...hosting(), ...lookAtCopies(copies, published.latest)],
  };
}

/** A command that was cut off may have left the packages of one version and the code of another: nothing that is said below of these is to be believed before it has ended. */
function lookAtChange(folder: string): readonly DoctorFinding[] {
  const found = unfinished(folder);
  if (!found) return [];
  return found.isUnderWay
    ? [{ weight: 'advice', subject: 'change', text: `“guildhall ${found.what}” is under way in this folder. Look again when it has ended.` }]
    : [{ weight: 'mend', subject: 'change', text: `“guildhall ${found.what}” was interrupted. The next command that changes something finishes it first, or puts back what was there: guildhall upgrade` }];
}

/** What the configuration says of the council where it writes it out. */
function writtenCouncil(folder: string, { configuration }: CouncilSettings, slug: string | undefined): CouncilReport['council'] {
  const unknown = { slug: slug ?? 'unknown', languages: [], nation: 'unknown' };
  const text = textFile(path.join(folder, configuration));
  if (text === undefined) return unknown;
  const source = sourceOf(compilerOf(folder), text, configuration);
  const { slug: found, config } = councilIn(source, slug);
  const council = innerOf(source, config, 'council');
  const texts = (name: string): readonly string[] => (council ? textsOf(source, partOf(source, council, name)) : []);
  return { slug: found, languages: texts('languages'), nation: texts('nation')[0] ?? 'unknown' };
}

const WORDS: Readonly<Record<DoctorFinding['weight'], string>> = { fine: 'ok    ', advice: 'note  ', mend: 'MEND  ' };
function said(report: CouncilReport, asJson: boolean | undefined): Said {
  const code = report.findings.some(({ weight }) => weight === 'mend') ? 1 : 0;
  if (asJson) return { code, out: `${JSON.stringify(report, undefined, 2)}\n` };
  return { code, out: [`${report.council.slug}: ${report.packages.length} packages, Node.js ${report.node}`, ...report.findings.map(({ weight, text }) => `${WORDS[weight]}${text}`)].map((line) => `${line}\n`).join('') };
}
