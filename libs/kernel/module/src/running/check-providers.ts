import { CONNECTION, type Connection, type Log, type Port, type ProviderInstallation, type RequestContext } from '@guildhall/kernel-contract';
import { installedCouncilOf, type Councils, type InstalledCouncil } from '../assembling/installed-council';
import { contextOfJob, systemPermissions } from '../working/work-plan';

/** What the check of one provider's connection found. @public */
export interface CheckedConnection { readonly provider: string; readonly isSandbox: boolean; readonly ok: boolean; readonly message: string }
/** The same, and whose it is. */
export interface CheckedProvider extends CheckedConnection { readonly council: string }

/**
 * Checks the connections of the council's providers, all at once, in the order of its configuration; then what its modules have registered.
 * @public
 * @param of only the providers of this port, and nothing else
 */
export function checkConnections(ctx: RequestContext, of?: Port<unknown>): Promise<readonly CheckedConnection[]> {
  const installed = installedCouncilOf(ctx);
  if (of) return Promise.all(installed.providerInstallations.filter(({ port }) => port.id === of.id).map((provider) => checked(installed, provider)));
  return Promise.all([...installed.providerInstallations.map((provider) => checked(installed, provider)), ...installed.extensions(CONNECTION).map((connection) => lookedAt(ctx, connection))]);
}

/** Checks the connection of every provider of every council, or of those that are `real`, one after the other: a host of many councils calls nobody in a crowd. */
export async function* checkProviders(councils: Pick<Councils, 'all'>, which: 'all' | 'real' = 'all'): AsyncGenerator<CheckedProvider> {
  for (const installed of councils.all) {
    for (const provider of installed.providerInstallations) {
      if (which === 'real' && provider.isSandbox) continue;
      yield { council: installed.slug, ...(await checked(installed, provider)) };
    }
    if (which === 'real') continue;
    for (const connection of installed.extensions(CONNECTION)) {
      const ctx = contextOfJob(installed.council, 'doctor', systemPermissions(installed.installations.values()), { correlationId: 'doctor', language: installed.council.languages[0] });
      yield { council: installed.slug, ...(await lookedAt(ctx, connection)) };
    }
  }
}

async function checked(installed: Pick<InstalledCouncil, 'instanceOf'>, provider: ProviderInstallation): Promise<CheckedConnection> {
  const common = { provider: provider.id, isSandbox: provider.isSandbox };
  try {
    return { ...common, ...((await provider.check?.(installed.instanceOf(provider) as never)) ?? { ok: true, message: 'It needs no connection.' }) };
  } catch (error) {
    return { ...common, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

async function lookedAt(ctx: RequestContext, connection: Connection): Promise<CheckedConnection> {
  const common = { provider: connection.id, isSandbox: false };
  try {
    return { ...common, ...(await connection.check(ctx)) };
  } catch (error) {
    return { ...common, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Warns in the log of every provider that does not connect, or whose far end is not set up as it should be, when a server or worker has started: nobody need wait for the first
 * message that fails. It stops nothing, because a far end may be away for a while; what to do, `doctor` says. Sandboxes are left out: they are part of what has just started.
 */
export async function warnOfProviders(councils: Pick<Councils, 'all'>, log: Log, isOver: () => boolean): Promise<void> {
  for await (const { council, provider, ok } of checkProviders(councils, 'real')) {
    if (isOver()) return;
    if (!ok) log.warn('provider.check-failed', { council, provider });
  }
}
