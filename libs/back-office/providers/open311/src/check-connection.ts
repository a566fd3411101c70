import type { ConnectionCheck } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import { writeDateTime } from '@guildhall/open311-contract';
import type { Open311ClientOptions } from './open311-client.options';
import type { Open311ClientProvider } from './open311-client.provider';

/** Whether the far end is there, accepts the key and has the services that the configuration names. Looks and sends nothing. */
export async function checkConnection({ calls, title }: Open311ClientProvider, { services = {}, follows }: Open311ClientOptions): Promise<ConnectionCheck> {
  calls.forget();
  try {
    const offered = await calls.services();
    const missing = Object.values(services).filter((code) => !offered.some(({ service_code: one }) => one === code));
    if (missing.length) return { ok: false, message: `${title} has no service ${missing.map((code) => `“${code}”`).join(', ')}. Say in "services" which of its services to use; it has ${offered.map(({ service_code: code }) => code).slice(0, 20).join(', ') || 'none'}.` };
    const moment = writeDateTime(new Date(0));
    const { status } = follows === 'requests' ? await calls.get('requests', { start_date: moment, end_date: moment }) : await calls.get('servicerequestupdates', { start_date: moment, end_date: moment });
    if (status === 401 || status === 403) return { ok: false, message: `${title} does not accept the key (${status}). Ask whoever runs it for a new one.` };
    if (status === 404 && follows !== 'requests') return { ok: false, message: `${title} has no servicerequestupdates. Set follows: 'requests'.` };
    if (status !== 200) return { ok: false, message: `${title} answers with ${status} when it is asked what happened. Ask whoever runs it.` };
    return { ok: true, message: `${title} answers, accepts the key and offers ${offered.length === 1 ? '1 service' : `${offered.length} services`}.` };
  } catch (error) {
    if (!isGuildhallError(error)) throw error;
    return { ok: false, message: `${title} does not answer as GeoReport v2 does: ${error.message} Check its endpoint.` };
  }
}
