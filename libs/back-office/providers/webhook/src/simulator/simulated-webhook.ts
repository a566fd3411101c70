import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { Secret, defineSimulated, type Companion, type ProviderInstallation } from '@guildhall/kernel-contract';
import { webhookSecret } from '@guildhall/subscriptions-contract';
import { signedWebhook } from '../signed-webhook';
import { DepotSimulator, type DepotSecrets } from './depot-simulator';

const ID = 'back-office.webhook';
const secretsFrom = (secret: (name: string) => Uint8Array): DepotSecrets => ({ secret: webhookSecret(secret('simulator secret')), pushSecret: webhookSecret(secret('simulator push secret')) });

/**
 * A depot that takes signed webhooks, at a simulator that starts beside the council's server: say on its page what happens to a case, and the council hears of it at once.
 * @public
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.fly-tipping'], provider: simulatedWebhook() }] })
 */
export function simulatedWebhook({ title = 'Simulated depot' }: { readonly title?: string } = {}): ProviderInstallation<BackOfficeProvider> {
  const simulator: Companion = {
    id: 'back-office.webhook-simulator', title: 'Depot, simulated: what was handed over by signed webhooks, and what happens to it',
    start: async ({ port, councils, secret, outbound, log }) => {
      const [first, ...others] = councils.map((council) => secretsFrom((name) => secret(council, ID, name)));
      if (!first) throw new Error('The simulated depot works for no council.');
      const running = await DepotSimulator.start({
        ...first, others, port, outbound,
        tells: async ({ headers, bytes }, council) => {
          const { status } = await outbound.fetch(`${councils[council]?.origin ?? ''}/api/back-office/v1/pushes/${ID}`, { method: 'POST', headers: { ...(headers as Readonly<Record<string, string>>), 'content-type': 'application/json' }, body: bytes }).catch(() => ({ status: 0 }));
          if (status !== 204) log.warn('back-office.simulator-not-heard', { status });
        },
      });
      return { origin: running.origin, stop: () => running.stop() };
    },
  };
  return defineSimulated<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: ID, title: { en: 'Depot (simulated)', cy: 'Depo (efelychiad)' }, simulator,
    at: (origin, { secret }) => { const { secret: ours, pushSecret } = secretsFrom(secret); return signedWebhook({ title, url: `${origin}/cases`, secret: new Secret(ours), pushSecret: new Secret(pushSecret) }); },
  });
}
