import type { DoctorFinding } from '@guildhall/catalogue-contract';
import { believedPublisher } from './believed-publisher';
import { askAll } from './believed-release';
import type { CouncilSettings } from './council-settings';
import type { InstalledPackage } from './installed-packages';
import type { Seen } from './seen';

/** What catalogues tell of those whose packages this app runs, and their newest states. */
export interface PublishersLookedAt { readonly findings: readonly DoctorFinding[]; readonly publishers: Seen['publishers'] }

/**
 * Asks for the newest state of each publisher that the council knows and whose packages it runs, whatever is listed of these: that a key was stolen is remembered, and nobody who is behind, or keeps it back, hides it
 * from then on. @throws NotReached
 */
export async function lookAtPublishers(packages: readonly Pick<InstalledPackage, 'name'>[], { settings, seen, now }: { readonly settings: CouncilSettings; readonly seen: Seen; readonly now: Date }): Promise<PublishersLookedAt> {
  const run = settings.publishers.filter(({ scopes }) => packages.some(({ name }) => scopes.some((scope) => name.startsWith(`${scope}/`))));
  const looked = await Promise.all(run.map(async (pinned) => {
    const { answers } = await askAll(settings, (client) => client.publisher(pinned.id));
    const told = answers.flatMap(({ client, answer }) => (answer ? [{ catalogue: client.catalogue.name, states: answer }] : []));
    return { id: pinned.id, ...(told.length && { believed: believedPublisher(pinned.id, told, { pinned, seen: seen.publishers[pinned.id] }, now) }) };
  }));
  return {
    findings: looked.flatMap(({ id, believed }): readonly DoctorFinding[] => (believed && !believed.ok ? [{ weight: 'mend', subject: id, text: believed.refusal.message }] : [])),
    publishers: { ...seen.publishers, ...Object.fromEntries(looked.flatMap(({ id, believed }) => (believed?.ok ? [[id, believed.value.newest]] : []))) },
  };
}
