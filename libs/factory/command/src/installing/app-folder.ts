import path from 'node:path';
import { CannotDo, type World } from '../command';
import { textsIn, type Texts } from './change';
import { compilerOf } from './configuration/compiler';
import { sourceOf, type Source } from './configuration/source';
import { SETTINGS_FILE, textFile, type CouncilSettings, type PinnedPublisher } from './council-settings';
import { installedPackages, ownManifest, type InstalledPackage, type Manifest } from './installed-packages';
import type { BelievedRelease } from './believed-release';
import { SEEN_FILE, seenIn, seenText, withRelease, type Seen } from './seen';
import { settingsWithLists } from './trust-lists';

/** An app's repository, as a command finds it. */
export interface AppFolder { readonly folder: string; readonly manifest: Manifest; readonly settings: CouncilSettings; readonly seen: Seen; readonly packages: readonly InstalledPackage[]; /** What the files said that commands write. */ readonly read: Texts }

/** @throws CannotDo */
export function appFolder({ folder, now }: Pick<World, 'folder' | 'now'>): AppFolder {
  const settings = settingsWithLists(folder, now);
  return { manifest: ownManifest(folder), settings, seen: seenIn(folder), packages: installedPackages(folder), folder, read: textsIn(folder, [SETTINGS_FILE, SEEN_FILE, settings.configuration]) };
}

/** The configuration as it is written. @throws CannotDo */
export function configurationOf({ folder, settings: { configuration } }: Pick<AppFolder, 'folder' | 'settings'>): Source {
  const text = textFile(path.join(folder, configuration));
  if (text === undefined) throw new CannotDo(`There is no ${configuration}. Where the configuration is, guildhall.json says: { "configuration": "src/council.config.ts" }`);
  return sourceOf(compilerOf(folder), text, configuration);
}

/** The package at the top of node_modules, which is the one that the app's own code gets. */
export function installedAs(packages: readonly InstalledPackage[], name: string): InstalledPackage | undefined { return packages.find((one) => one.name === name && one.at === `node_modules/${name}`); }

/** What is remembered of releases that were taken, and whom this app knows now. */
export function remembered({ folder, seen }: Pick<AppFolder, 'folder' | 'seen'>, taken: readonly BelievedRelease[], pins: readonly PinnedPublisher[]): Readonly<Record<string, string>> {
  const now = taken.reduce((known, { release, publisher, newest, sha512, checkpoints }) => withRelease({ ...known, publishers: { ...known.publishers, [publisher.id]: newest }, checkpoints: { ...known.checkpoints, ...checkpoints } }, release.package, release.version, sha512), seen);
  return { [SEEN_FILE]: seenText(now), ...(pins.length && { [SETTINGS_FILE]: withPins(textFile(path.join(folder, SETTINGS_FILE)) ?? '{}', pins) }) };
}

/** The settings with publishers that are known now, the rest as it was written. */
function withPins(text: string, pins: readonly PinnedPublisher[]): string {
  const told = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly publishers?: readonly PinnedPublisher[] };
  const unique = [...new Map(pins.map((pin) => [pin.id, pin])).values()];
  return `${JSON.stringify({ ...told, publishers: [...(told.publishers ?? []), ...unique] }, undefined, 2)}\n`;
}
