import type { DoctorFinding } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import path from 'node:path';
import type { StoodBefore } from './configuration/theme';
import { jsonFile } from './council-settings';

/**
 * What this app has seen of catalogues and publishers: `guildhall.seen.json`, written by `guildhall` and kept with the repository. So a catalogue cannot show its log or a publisher’s keys otherwise than
 * before, and what it warned of is known when it cannot be reached.
 */
export interface Seen {
  /** By origin: the newest checkpoint. */
  readonly checkpoints: Readonly<Record<string, string>>;
  /** By id: the newest state that it signed. */
  readonly publishers: Readonly<Record<string, Envelope>>;
  /** By name and version: the SHA-512 of what was packed, in hexadecimal. */
  readonly releases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By name: what was said when catalogues were asked last. */
  readonly warned: Readonly<Record<string, { readonly at: string; readonly version: string; readonly latest?: string; readonly findings: readonly DoctorFinding[] }>>;
  /** By the name of a theme: what stood in the configuration before it. */
  readonly themes?: Readonly<Record<string, StoodBefore>>;
}

export const SEEN_FILE = 'guildhall.seen.json';

/** @throws CannotDo when it is no JSON */
export function seenIn(folder: string): Seen {
  const { checkpoints = {}, publishers = {}, releases = {}, warned = {}, themes } = (jsonFile(path.join(folder, SEEN_FILE)) ?? {}) as Partial<Seen>;
  return { checkpoints, publishers, releases, warned, ...(themes && { themes }) };
}

/** As it is written: in order, so that a difference is readable. */
export function seenText(seen: Seen): string { return `${JSON.stringify(ordered(seen), undefined, 2)}\n`; }

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, ordered(each)]));
}

/** With what stood in the configuration before a theme. */
export function withTheme(seen: Seen, name: string, before: StoodBefore): Seen { return { ...seen, themes: { ...seen.themes, [name]: before } }; }
/** Without a theme: what stood before it stands before the one that took its place. */
export function withoutTheme(seen: Seen, name: string): Seen {
  const { [name]: before, ...others } = seen.themes ?? {};
  const themes = Object.fromEntries(Object.entries(others).map(([one, stood]) => [one, before && stood.imports.some(({ from }) => from === name) ? before : stood]));
  const { themes: _, ...rest } = seen;
  return Object.keys(themes).length ? { ...rest, themes } : rest;
}

export function withRelease(seen: Seen, name: string, version: string, sha512: string): Seen { return { ...seen, releases: { ...seen.releases, [name]: { ...seen.releases[name], [version]: sha512 } } }; }
