import type { Language } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, type MessageChannel, type MessageLanguage } from '@guildhall/notifications-contract';
import type { GovUkNotifyOptions, IdByLanguage, NotifyTemplates } from './govuk-notify.options';

export const NOTIFY_ORIGIN = 'https://api.notifications.service.gov.uk';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Notify takes no shorter bearer token. */
const SHORTEST_TOKEN = 10;
/** So that three calls are over before another worker may take the message. */
const LONGEST_TIMEOUT = 15;

/** Options that were looked at: what is missing or malformed is said when the app starts, not when the first resident waits for a message. */
export interface NotifySettings {
  readonly origin: string;
  readonly serviceId: string;
  readonly keySecret: string;
  readonly channels: readonly MessageChannel[];
  readonly callbackTokens: readonly string[];
  readonly timeoutInSeconds: number;
  readonly templates: NotifyTemplates;
  readonly emailReplyToId?: IdByLanguage;
  readonly smsSenderId?: IdByLanguage;
}

/** @throws Error with every mistake and what to do */
export function readSettings(options: GovUkNotifyOptions, languages: readonly Language[]): NotifySettings {
  const problems: string[] = [];
  const key = /([0-9a-f-]{36})-([0-9a-f-]{36})$/i.exec(options.apiKey.reveal().trim());
  if (!key || !UUID.test(key[1] ?? '') || !UUID.test(key[2] ?? '')) problems.push('apiKey is not one of Notify\'s: it must end in the service\'s id and the secret, two UUIDs. Make one at Notify under "API integration" and copy all of it.');
  const templates = typeof options.templates === 'string' ? readLine(options.templates, problems) : options.templates;
  const channels = MESSAGE_CHANNELS.filter((channel) => templates[channel] !== undefined);
  if (!channels.length) problems.push('templates names no channel: give the id of a template for email, sms or letter.');
  for (const channel of channels) refuseIds(`templates.${channel}`, templates[channel], languages, problems);
  refuseIds('emailReplyToId', options.emailReplyToId, languages, problems);
  refuseIds('smsSenderId', options.smsSenderId, languages, problems);
  const callbackTokens = [options.callbackToken, options.previousCallbackToken].flatMap((token) => (token ? [token.reveal()] : []));
  if (callbackTokens.some((token) => token.length < SHORTEST_TOKEN)) problems.push(`callbackToken has fewer than ${SHORTEST_TOKEN} characters. Make a long random one and give the same to Notify.`);
  if (!options.callbackToken && options.previousCallbackToken) problems.push('previousCallbackToken stands without callbackToken.');
  const origin = readOrigin(options.origin ?? NOTIFY_ORIGIN, problems);
  const timeoutInSeconds = options.timeoutInSeconds ?? 10;
  if (!(timeoutInSeconds > 0 && timeoutInSeconds <= LONGEST_TIMEOUT)) problems.push(`timeoutInSeconds must be more than 0 and at most ${LONGEST_TIMEOUT}.`);
  if (problems.length) throw new Error(`govUkNotify: ${problems.join(' ')}`);
  return { origin, serviceId: key?.[1] ?? '', keySecret: key?.[2] ?? '', channels, callbackTokens, timeoutInSeconds, templates, emailReplyToId: options.emailReplyToId, smsSenderId: options.smsSenderId };
}

/** The id for a message's language. Somebody whose wish is not known gets Welsh first, so what stands around the words is Welsh's. */
export function idFor(ids: IdByLanguage | undefined, language: MessageLanguage): string | undefined {
  if (ids === undefined || typeof ids === 'string') return ids;
  return language === 'both' ? (ids.both ?? ids.cy ?? ids.en) : ids[language];
}

/** Every id, once. */
export function allIds(ids: IdByLanguage | undefined): readonly string[] {
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : [...new Set(Object.values(ids).filter((id) => id !== undefined))];
}

/** Whether it is on this machine: then nothing of it is real. */
export function isOnThisMachine(origin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

function readOrigin(origin: string, problems: string[]): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin.replace(/\/$/, '')) { problems.push('origin is not an origin such as https://api.notifications.service.gov.uk.'); return origin; }
  if (!origin.startsWith('https://') && !isOnThisMachine(origin)) problems.push('origin must begin with https://: the words of messages would cross the network in clear.');
  return new URL(origin).origin;
}

function readLine(line: string, problems: string[]): NotifyTemplates {
  const read: Partial<Record<MessageChannel, string | Record<string, string>>> = {};
  for (const entry of line.split(/[\s,]+/).filter(Boolean)) {
    const [, channel, language, id] = /^(email|sms|letter)(?:-(en|cy|both))?=(.+)$/.exec(entry) ?? [];
    if (channel === undefined || id === undefined) { problems.push(`templates: "${entry}" is not like email-en=<id>.`); continue; }
    const so = read[channel as MessageChannel];
    if (typeof so === 'string' || (so !== undefined && (language === undefined || language in so))) problems.push(`templates: ${channel} is given twice.`);
    else read[channel as MessageChannel] = language === undefined ? id : { ...so, [language]: id };
  }
  return read;
}

function refuseIds(name: string, ids: IdByLanguage | undefined, languages: readonly Language[], problems: string[]): void {
  for (const id of allIds(ids)) if (!UUID.test(id)) problems.push(`${name}: "${id}" is not an id (a UUID). Copy it from Notify.`);
  if (ids === undefined || typeof ids === 'string') return;
  for (const language of languages) if (ids[language] === undefined) problems.push(`${name} has none for "${language}": the council speaks ${languages.join(' and ')}. The same id may stand for both.`);
}
