import { isGuildhallError, type Clock, type ConnectionCheck } from '@guildhall/kernel-contract';
import { faultsOf, readTemplate } from './carrier';
import { allIds, type NotifySettings } from './settings';
import type { NotifyAnswer, NotifyCalls } from './notify-calls';

/** Notify refuses a token that is 30 seconds old or early. */
const MOST_SKEW_SECONDS = 30;
/** Said before it is too late. */
const WORRYING_SKEW_SECONDS = 15;

/** Asks Notify for every template that carries our messages: that proves the key, the clock, and that each template fits what we send. Sends nothing. */
export async function checkConnection(settings: NotifySettings, calls: NotifyCalls, clock: Clock): Promise<ConnectionCheck> {
  const faults: string[] = [];
  let skew = 0;
  for (const channel of settings.channels) {
    for (const id of allIds(settings.templates[channel])) {
      let answer: NotifyAnswer;
      try {
        answer = await calls.template(id);
      } catch (error) {
        if (!isGuildhallError(error)) throw error;
        return { ok: false, message: `${settings.origin} does not answer. Check whether this machine may call it and whether a firewall is between; https://status.notifications.service.gov.uk says whether Notify itself is well.` };
      }
      skew = skewOf(answer, clock.now()) ?? skew;
      const template = answer.status === 200 ? readTemplate(answer.json) : undefined;
      if (template) faults.push(...faultsOf(template, channel).map((fault) => `The ${channel} template ${id}: ${fault}`));
      else if (answer.status === 401 || answer.status === 403) {
        return { ok: false, message: Math.abs(skew) >= MOST_SKEW_SECONDS ? `This machine's clock is ${clockWords(skew)}, and Notify takes no call that is ${MOST_SKEW_SECONDS} seconds out. Set the clock by a time server (NTP).` : 'Notify does not accept the API key. Make a new one at Notify under "API integration" and put all of it into the settings.' };
      } else if (answer.status === 404 || answer.status === 400) faults.push(`The ${channel} template ${id} is not among the service's. Copy its id from Notify under "Templates".`);
      else return { ok: false, message: `${settings.origin} answers with ${answer.status} and nothing that can be read. Try again; https://status.notifications.service.gov.uk says whether Notify is well.` };
    }
  }
  if (faults.length) return { ok: false, message: faults.join(' ') };
  if (Math.abs(skew) >= WORRYING_SKEW_SECONDS) return { ok: false, message: `Notify answers and accepts the key, but this machine's clock is ${clockWords(skew)}; at ${MOST_SKEW_SECONDS} Notify refuses everything. Set the clock by a time server (NTP).` };
  return { ok: true, message: `Notify answers and accepts the key, and the templates for ${settings.channels.join(', ')} fit. ${settings.callbackTokens.length ? 'Callbacks are taken.' : 'Callbacks are not set up: deliveries are asked for every quarter of an hour.'}` };
}

/** How far this machine's clock is before Notify's, by the date of its answer (RFC 9110, 6.6.1). */
function skewOf({ headers }: NotifyAnswer, now: Date): number | undefined {
  const theirs = Date.parse(headers['date'] ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round((now.getTime() - theirs) / 1000);
}

function clockWords(skew: number): string {
  return `${Math.abs(skew)} seconds ${skew > 0 ? 'fast' : 'slow'}`;
}
