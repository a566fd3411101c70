import type { Companion, Log, Outbound, RunningCompanion } from '@guildhall/kernel-contract';
import type { Councils } from '../assembling/installed-council';
import { CouncilSecrets } from '../working/keys';

/** The far ends that run beside the councils. */
export interface Companions {
  readonly origins: Readonly<Record<string, string>>;
  readonly running: readonly { readonly companion: Companion; readonly page: string }[];
  stop(): Promise<void>;
}

/**
 * Refuses sandboxes in production that the council has not accepted by name.
 * @throws Error naming each
 */
export function refuseSandboxes(councils: Councils): void {
  const problems = councils.all.flatMap(({ slug, config, providerInstallations }) =>
    providerInstallations.filter((provider) => provider.isSandbox && !config.acceptedSandboxes?.includes(provider.id)).map((provider) => `${slug}: ${provider.id} is a sandbox. Configure a real provider, or accept it by name: acceptedSandboxes: ['${provider.id}'].`));
  if (problems.length) throw new Error(`This is production (NODE_ENV), and nothing of a sandbox is real:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

/** The companions of the councils' providers, each once, with its port: they follow the server's own. */
function companionsOf(councils: Councils, firstPort: number): readonly { readonly companion: Companion; readonly port: number }[] {
  const wanted = new Map<string, Companion>();
  for (const { providerInstallations } of councils.all) for (const { companion } of providerInstallations) if (companion) wanted.set(companion.id, companion);
  return [...wanted.values()].sort((a, b) => a.id.localeCompare(b.id)).map((companion, at) => ({ companion, port: firstPort + at }));
}

/** Where the companions are that a server on this machine has started: a worker calls them there. */
export function companionOrigins(councils: Councils, firstPort: number): Readonly<Record<string, string>> {
  return Object.fromEntries(companionsOf(councils, firstPort).map(({ companion, port }) => [companion.id, `http://localhost:${port}`]));
}

/** Starts the companions. */
export async function startCompanions(councils: Councils, options: { readonly firstPort: number; readonly dataFolder: string; readonly outbound: Outbound; readonly log: Log; /** GUILDHALL_KEY, where it is set. */ readonly key: string | undefined }): Promise<Companions> {
  const secrets = new CouncilSecrets(options.dataFolder, options.key);
  const running: { companion: Companion; origin: string; page: string; stop: RunningCompanion['stop'] }[] = [];
  for (const { companion, port } of companionsOf(councils, options.firstPort)) {
    const itsCouncils = councils.all.filter(({ providerInstallations }) => providerInstallations.some((provider) => provider.companion?.id === companion.id)).map(({ council }) => council);
    const started = await companion.start({ port, dataFolder: options.dataFolder, councils: itsCouncils, outbound: options.outbound, log: options.log, secret: (council, providerId, name) => secrets.ofProvider(council.id, providerId, name) });
    running.push({ companion, origin: started.origin, page: started.page ?? `${started.origin}/`, stop: () => started.stop() });
  }
  return {
    origins: Object.fromEntries(running.map(({ companion, origin }) => [companion.id, origin])),
    running,
    stop: async () => void (await Promise.allSettled(running.map(({ stop }) => stop()))),
  };
}

/** A far end's page for people. */
export interface AnsweringPage { readonly title: string; readonly page: string }

const SHOWN_WITHIN_MS = 3_000;

/** Of the far ends those that have a page for people: others have interfaces alone, and nobody is sent to an address that answers 404. */
export async function pagesThatAnswer({ running }: Pick<Companions, 'running'>): Promise<readonly AnsweringPage[]> {
  const asked = await Promise.all(running.map(async ({ companion: { title }, page }) => {
    const isThere = await fetch(page, { redirect: 'manual', signal: AbortSignal.timeout(SHOWN_WITHIN_MS) }).then(async ({ status, body }) => { await body?.cancel(); return status < 400; }, () => false);
    return isThere ? [{ title, page }] : [];
  }));
  return asked.flat();
}
