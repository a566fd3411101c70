import { sha512Of } from '@guildhall/assurance-contract';
import { concerns } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { World } from '../command';
import { askAll, type BelievedRelease } from './believed-release';
import type { Holding } from './examined';
import { provedPackage } from './examined';
import { lockedIn } from './installed-packages';

/** What npm would install, by where it would lie. */
export type Locked = ReturnType<typeof lockedIn>;

/**
 * Whether npm would install what was proved, and whether what comes along with it is proved too: every package under a name that belongs to a publisher of this council, or of which a catalogue lists any version. What is in no catalogue is npm's, as
 * all that the council's own package.json names.
 */
export async function companionsProved(before: Locked, taken: readonly BelievedRelease[], known: Pick<Holding, 'settings' | 'seen'>, world: World): Promise<Outcome<readonly BelievedRelease[], Refusal<string>>> {
  const after = lockedIn(world.folder);
  for (const { facts: { name, version }, sha512 } of taken) {
    const locked = after[`node_modules/${name}`];
    if (locked?.version !== version || sha512Of(locked.integrity) !== sha512) return refused('tampered', `npm would install another ${name} than the one that was proved: ${locked?.version ?? 'none'}, of other bytes. Look at .npmrc and at "overrides" in package.json.`);
  }
  const scopes = new Set([...known.settings.publishers.flatMap((one) => one.scopes), ...taken.flatMap(({ publisher }) => publisher.scopes)]);
  const proved: BelievedRelease[] = [];
  const silent = new Set<string>();
  for (const { name, version, integrity } of comesAlong(before, after, taken)) {
    const isTheirs = scopes.has(name.split('/')[0] ?? '');
    if (!isTheirs) {
      const { answers, unreached } = await askAll(known.settings, (client) => client.listing(name));
      for (const each of unreached) silent.add(each);
      if (!answers.some(({ answer }) => answer)) continue;
    }
    const one = await provedPackage(name, version, known, world);
    if (!one.ok) return refused(one.refusal.reason, `${name} ${version} comes along, and cannot be taken: ${one.refusal.message}`);
    if (sha512Of(integrity) !== one.value.believed.sha512) return refused('tampered', `npm would install another ${name} ${version} than the one that was proved. Look at .npmrc.`);
    const withdrawn = one.value.believed.notices.find((notice) => notice.kind === 'withdrawal' && concerns(notice, name, version));
    if (withdrawn) return refused('withdrawn', `${name} ${version} comes along, and was withdrawn: ${withdrawn.text.en}`);
    proved.push(one.value.believed);
  }
  for (const each of silent) world.say(`Note: ${each} Whether it lists any of what comes along is not known now.`);
  return done(proved);
}

function comesAlong(before: Locked, after: Locked, taken: readonly BelievedRelease[]): readonly { readonly name: string; readonly version: string; readonly integrity?: string }[] {
  return Object.entries(after).flatMap(([at, { version, integrity, link }]) => {
    const name = at.split('node_modules/').at(-1) ?? '';
    const isNew = before[at]?.version !== version || before[at]?.integrity !== integrity;
    if (!isNew || link || version === undefined || !name.startsWith('@') || taken.some(({ facts, sha512 }) => facts.name === name && facts.version === version && sha512Of(integrity) === sha512)) return [];
    return [{ name, version, ...(integrity !== undefined && { integrity }) }];
  });
}
