import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { capability } from './capability';
import type { Generated, NotGenerated, World } from './generator';
import { folderOf } from './house';
import { worldAt } from './on-disk';
import { provider } from './provider';
import { servicePack } from './service-pack';
import { theme } from './theme';

const root = path.join(__dirname, '../../..');
const real = worldAt(root);
type Json = Readonly<Record<string, unknown>>;
const json = (text: string | undefined): Json => JSON.parse(text ?? '{}') as Json;

/** What the generator makes, asked in this repository as if the package were not there. */
function made(folder: string, make: (world: World) => Generated | NotGenerated): Readonly<Record<string, string>> {
  const result = make({ ...real, read: (file) => (file.startsWith(`${folder.replace(/\/(contract|module)$/, '')}/`) ? undefined : real.read(file)) });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return Object.fromEntries(Object.entries(result.files).filter(([file]) => file.startsWith(`${folder}/`)).map(([file, text]) => [file.slice(folder.length + 1), text]));
}

/** Packages of ours, what would make them, and what is each one's own. */
const OURS: readonly { readonly folder: string; readonly make: (world: World) => Generated | NotGenerated; readonly own: { readonly manifest: readonly string[]; readonly files: readonly string[] } }[] = [
  { folder: 'libs/themes/glanafon', make: (world) => theme({ name: 'glanafon', brand: '#8c1d2c' }, world), own: { manifest: [], files: [] } },
  { folder: 'libs/themes/riverbourne', make: (world) => theme({ name: 'riverbourne', brand: '#0b6e6e' }, world), own: { manifest: [], files: [] } },
  // It takes Stripe's own library, speaks English only, and its simulator's book is of sessions.
  { folder: 'libs/payments/providers/stripe', make: (world) => provider({ port: 'payments', name: 'stripe' }, world), own: { manifest: ['bin', 'stripe', 'languages'], files: ['src/simulator/payment-book.ts'] } },
  // It takes GOV.UK Notify's own library, which calls; its simulator stands in several files, and so do its tests.
  { folder: 'libs/notifications/providers/govuk-notify', make: (world) => provider({ port: 'notifications', name: 'govuk-notify' }, world), own: { manifest: ['bin', 'notifications-node-client'], files: ['src/govuk-notify.ts', 'src/calls.ts', 'src/connection.spec.ts', 'src/letters.spec.ts', 'src/simulator'] } },
  // It has a message of its own.
  { folder: 'libs/service-packs/garden-waste', make: (world) => servicePack({ name: 'garden-waste', fee: 55 }, world), own: { manifest: ['@guildhall/notifications-contract'], files: [] } },
  { folder: 'libs/subscriptions/contract', make: (world) => capability({ name: 'subscriptions' }, world), own: { manifest: [], files: ['src/testing/subscriptions-kit.ts'] } },
  // It follows cases, and has an area of the desk.
  { folder: 'libs/subscriptions/module', make: (world) => capability({ name: 'subscriptions' }, world), own: { manifest: ['@guildhall/cases-contract', '@guildhall/portal-contract', '@nestjs/core', 'rxjs', 'assets'], files: ['src/wording/texts.ts', 'src/adding', 'src/http/subscriptions.controller.ts', 'src/data/entry-row.ts', 'src/reading/reads-entries.ts', 'views'] } },
];

const names = (part: unknown): readonly string[] => Object.keys((part ?? {}) as object).sort();

describe.each(OURS)('$folder could have been made by a generator', ({ folder, make, own }) => {
  const files = made(folder, make);
  const [generated, ours] = [json(files['package.json']), json(real.read(`${folder}/package.json`))];
  const without = (list: readonly string[]): readonly string[] => list.filter((name) => !own.manifest.includes(name));

  it('its package.json has the same fields, and what is not its own has the same values', () => {
    expect(without(names(ours))).toEqual(without(names(generated)));
    for (const field of ['name', 'license', 'type', 'main', 'types', 'exports', 'publishConfig', 'engines', 'nx']) expect([field, ours[field]]).toEqual([field, generated[field]]);
    for (const field of ['dependencies', 'peerDependencies', 'devDependencies']) expect([field, without(names(ours[field]))]).toEqual([field, without(names(generated[field]))]);
    expect(without(ours['files'] as string[])).toEqual(generated['files']);
  });
  it('its manifest says as much of itself', () => {
    const [said, would] = [ours['guildhall'] as Json, generated['guildhall'] as Json];
    for (const field of Object.keys(would)) expect(said).toHaveProperty([field]);
    for (const field of without(['kind', 'id', 'owner', 'languages', 'harness', 'conformance'])) expect([field, said[field]]).toEqual([field, would[field]]);
  });
  it('its tsconfig.json is the same, and refers to what it depends on', () => {
    const [{ references, ...rest }, { references: wouldBe, ...same }] = [json(real.read(`${folder}/tsconfig.json`)), json(files['tsconfig.json'])];
    expect(rest).toEqual(same);
    const others = own.manifest.filter((name) => name.startsWith('@guildhall/')).map((name) => path.posix.relative(folder, folderOf(name.slice('@guildhall/'.length))));
    const paths = (list: unknown): readonly string[] => (list as { path: string }[]).map((one) => one.path).sort();
    expect(paths(references)).toEqual([...paths(wouldBe), ...others].sort());
  });
  it('its files stand where the generator puts them', () => {
    const missing = Object.keys(files).filter((file) => !existsSync(path.join(root, folder, file)) && !own.files.some((one) => file === one || file.startsWith(`${one}/`)));
    expect(missing).toEqual([]);
  });
});

it('what a generator knows of where packages stand is so', () => {
  for (const name of Object.keys((json(readFileSync(path.join(root, 'tools/generators/package.json'), 'utf8'))['devDependencies'] ?? {}) as object)) {
    if (name.startsWith('@guildhall/')) expect(json(real.read(`${folderOf(name.slice('@guildhall/'.length))}/package.json`))['name']).toBe(name);
  }
});
