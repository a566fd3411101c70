import type { Log } from '@guildhall/kernel-contract';
import type { Councils } from '../assembling/installed-council';

/** What the check of one provider's connection found. */
export interface CheckedProvider { readonly council: string; readonly provider: string; readonly ok: boolean; readonly message: string }

/** Checks the connection of every provider of every council, or of those that are `real`, one after the other: a host of many councils calls nobody in a crowd. */
export async function* checkProviders(councils: Pick<Councils, 'all'>, which: 'all' | 'real' = 'all'): AsyncGenerator<CheckedProvider> {
  for (const installed of councils.all) {
    for (const provider of installed.providerInstallations) {
      if (which === 'real' && provider.isSandbox) continue;
      const common = { council: installed.slug, provider: provider.id };
      try {
        yield { ...common, ...((await provider.check?.(installed.instanceOf(provider) as never)) ?? { ok: true, message: 'it has no connection to check' }) };
      } catch (error) {
        yield { ...common, ok: false, message: error instanceof Error ? error.message : String(error) };
      }
    }
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
