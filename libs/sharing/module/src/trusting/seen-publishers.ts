import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What `guildhall` keeps of the publishers of packages that it installed, beside the list of what is installed. */
const SEEN_FILE = 'guildhall.seen.json';

interface SeenPublisher { readonly id: string; readonly scopes: readonly string[]; readonly linkedTo: readonly string[] }

/** Whoever publishes under a package's scope, by what was seen when it was installed, and those to whom they say that they belong. None where nothing was kept. */
export function publishersSeen(folder: string): (name: string) => readonly string[] {
  const file = path.join(folder, SEEN_FILE);
  const { publishers = {} } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly publishers?: Readonly<Record<string, { readonly payload: string }>> }) : {};
  const known = Object.values(publishers).map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as SeenPublisher);
  return (name) => known.filter(({ scopes }) => scopes.some((scope) => name.startsWith(`${scope}/`))).flatMap(({ id, linkedTo }) => [id, ...linkedTo]);
}
