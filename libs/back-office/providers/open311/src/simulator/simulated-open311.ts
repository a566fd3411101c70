import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { Secret, defineSimulated, type Companion, type Council, type ProviderInstallation } from '@guildhall/kernel-contract';
import { open311Client } from '../open311-client';
import type { Open311ClientOptions } from '../open311-client.options';
import { GeoReportSimulator, type SimulatedService } from './simulator';

const ID = 'back-office.open311';
const keyFrom = (secret: Uint8Array): string => Buffer.from(secret).toString('hex').slice(0, 32);

/** What a council sets of a simulated system of works. @public */
export interface SimulatedOpen311Options extends Pick<Open311ClientOptions, 'title' | 'services' | 'attributes' | 'format'> {
  /** Its services; those of the pack `report-a-problem` by our own codes unless told. */
  readonly offers?: readonly SimulatedService[];
}

const OFFERS: readonly SimulatedService[] = ['pothole', 'street-light', 'fly-tipping', 'graffiti', 'missed-bin'].map((kind) => ({ code: `report-a-problem_${kind}`, name: kind.replace('-', ' ') }));

/**
 * A works system that speaks Open311, at a simulator that starts beside the council's server: say on its page what happens to a report, and the council hears of it at once.
 * @public
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.pothole'], provider: simulatedOpen311() }] })
 */
export function simulatedOpen311({ offers = OFFERS, ...options }: SimulatedOpen311Options = {}): ProviderInstallation<BackOfficeProvider> {
  const simulator: Companion = {
    id: 'back-office.open311-simulator', title: 'Works system, simulated: what was handed over, and what happens to it',
    start: async ({ port, councils, secret, outbound, log }) => {
      const keyed = councils.map((council) => ({ council, key: keyFrom(secret(council, ID, 'simulator key')), pushKey: keyFrom(secret(council, ID, 'simulator push key')) }));
      const [first, ...others] = keyed;
      const tell = async ({ origin }: Council, pushKey: string, form: (key: string) => URLSearchParams): Promise<void> => {
        const { status } = await outbound.fetch(`${origin}/api/back-office/v1/pushes/${ID}/servicerequestupdates.xml`, { method: 'POST', body: form(pushKey) });
        if (status !== 200) log.warn('back-office.simulator-not-heard', { status });
      };
      const running = await GeoReportSimulator.start({
        port, outbound, services: offers, apiKey: first?.key ?? 'nobody', otherKeys: others.map(({ key }) => key),
        tells: async ({ sender }, update) => { for (const { council, pushKey } of keyed.filter(({ key }) => key === sender)) await tell(council, pushKey, (given) => running.pushForm(update, given)).catch(() => log.warn('back-office.simulator-not-heard')); },
      });
      return { origin: running.origin, stop: () => running.stop() };
    },
  };
  return defineSimulated<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: ID, title: { en: 'Works system (simulated)', cy: 'System waith (efelychiad)' }, simulator,
    at: (origin, { secret }) => open311Client({ title: 'Simulated works system', ...options, endpoint: `${origin}/open311/v2`, apiKey: new Secret(keyFrom(secret('simulator key'))), pushKey: new Secret(keyFrom(secret('simulator push key'))) }),
  });
}
