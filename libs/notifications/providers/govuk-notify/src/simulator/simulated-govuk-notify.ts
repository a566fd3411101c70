import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER } from '@guildhall/notifications-contract';
import type { MessageProvider } from '@guildhall/notifications-contract';
import { govUkNotify } from '../govuk-notify.provider';
import { startNotifySimulator } from './notify-simulator';
import { CARRIER_SETTING, aService, apiKeyOf, type SimulatedService } from './service';

const ID = 'notifications.govuk-notify';

/** A UUID (RFC 9562, version 4) of bytes that both ends of the simulator know. */
function uuidFrom(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A council's service: the same on every start, so that a worker elsewhere has its key too. */
function serviceFrom(secret: (name: string) => Uint8Array, changes: Partial<SimulatedService> = {}): SimulatedService {
  return aService({ id: uuidFrom(secret('simulator service')), keys: [{ name: 'live_key', secret: uuidFrom(secret('simulator key')), type: 'live' }], ...changes });
}
const callbackTokenFrom = (secret: (name: string) => Uint8Array): string => Buffer.from(secret('simulator callbacks')).toString('hex');

const simulator: Companion = Object.freeze<Companion>({
  id: 'notifications.govuk-notify-simulator', title: 'GOV.UK Notify, simulated: messages are here',
  start: async ({ port, councils, secret }) => {
    const services = councils.map((council) => {
      const ofNotify = (name: string): Uint8Array => secret(council, ID, name);
      return serviceFrom(ofNotify, { name: council.name.en, emailFrom: council.slug, deliveryCallback: { url: `${council.origin}/api/notifications/v1/callbacks/${ID}`, token: callbackTokenFrom(ofNotify) } });
    });
    const [first, ...others] = services;
    const running = await startNotifySimulator({ port, ...(first && { services: [first, ...others] }) });
    return { origin: running.origin, stop: () => running.stop() };
  },
});

/**
 * GOV.UK Notify as a council will have it, at a simulator that starts beside the council's server: nothing is sent to anybody.
 * @public
 * @example notifications({ providers: [simulatedGovUkNotify()] })
 */
export function simulatedGovUkNotify(): ProviderInstallation<MessageProvider> {
  return defineSimulated<MessageProvider>({
    port: MESSAGE_PROVIDER, id: ID, title: { en: 'GOV.UK Notify (simulated)', cy: 'GOV.UK Notify (efelychiad)' }, simulator,
    at: (origin, { secret }) => govUkNotify({ origin, templates: CARRIER_SETTING, apiKey: new Secret(apiKeyOf(serviceFrom(secret))), callbackToken: new Secret(callbackTokenFrom(secret)) }),
  });
}
