import { randomUUID } from 'node:crypto';

/** `live` reaches anybody, `team` only the team and the guest list, `test` nobody: its messages are counted as delivered. @public */
export type KeyType = 'live' | 'team' | 'test';
/** @public */
export type NotificationType = 'email' | 'sms' | 'letter';

/** An API key of the service. Notify shows it once as `name-serviceId-secret`. @public */
export interface SimulatedKey { readonly name: string; readonly secret: string; readonly type: KeyType; isRevoked?: boolean }

/** A template. Letters and e-mails have a subject; a letter's is its heading. @public */
export interface SimulatedTemplate {
  readonly id: string;
  readonly type: NotificationType;
  readonly name: string;
  readonly subject?: string;
  readonly body: string;
  readonly version?: number;
  readonly isArchived?: boolean;
}

/** A service at Notify, as its settings pages show it. @public */
export interface SimulatedService {
  readonly id: string;
  readonly name: string;
  /** In front of `@notifications.service.gov.uk`. */
  readonly emailFrom: string;
  readonly keys: SimulatedKey[];
  readonly templates: SimulatedTemplate[];
  /** A service on trial reaches its team and guest list only, and sends no letters. */
  isTrial: boolean;
  isArchived?: boolean;
  /** Whether it has said whom a recipient of a file may ask; yes unless told. */
  readonly maySendFiles?: boolean;
  readonly may: Set<NotificationType | 'international_sms'>;
  /** Addresses and numbers of the team and the guest list. */
  readonly team: Set<string>;
  readonly emailReplyTos: { readonly id: string; readonly address: string; readonly isDefault?: boolean }[];
  readonly smsSenders: { readonly id: string; readonly sender: string; readonly isDefault?: boolean }[];
  /** Where receipts of e-mails and texts go. */
  deliveryCallback?: SimulatedCallback;
  returnedLetterCallback?: SimulatedCallback;
  receivedTextCallback?: SimulatedCallback;
}
/** `https` in the real Notify; here also http, because the app under test is on this machine. @public */
export interface SimulatedCallback { readonly url: string; readonly token: string }

/** The templates that carry Guildhall's messages, one for each channel and language. Their ids are the same on every start. @public */
export const CARRIER_TEMPLATES: readonly SimulatedTemplate[] = (['email', 'sms', 'letter'] as const).flatMap((type, channel) => (['en', 'cy'] as const).map((language, index): SimulatedTemplate => ({
  id: `0d0d0d0d-0000-4000-8000-00000000000${channel * 2 + index + 1}`, type, name: `Guildhall ${type} ${language}`,
  ...(type === 'email' ? { subject: '((subject))' } : type === 'letter' ? { subject: '((heading))' } : {}), body: '((body))',
})));

/** The setting `templates` that goes with {@link CARRIER_TEMPLATES}. @public */
export const CARRIER_SETTING = CARRIER_TEMPLATES.map(({ id, name, type }) => `${type}-${name.endsWith('cy') ? 'cy' : 'en'}=${id}`).join(' ');

/** A live service with the carrier templates and three keys of its own, different on every start unless told. @public */
export function aService(changes: Partial<SimulatedService> = {}): SimulatedService {
  return {
    id: randomUUID(), name: 'Testham Borough Council', emailFrom: 'testham.borough.council',
    keys: (['live', 'team', 'test'] as const).map((type) => ({ name: `${type}_key`, secret: randomUUID(), type })),
    templates: [...CARRIER_TEMPLATES], isTrial: false, may: new Set(['email', 'sms', 'letter']), team: new Set(),
    emailReplyTos: [{ id: randomUUID(), address: 'help@testham.example', isDefault: true }], smsSenders: [{ id: randomUUID(), sender: 'TESTHAM', isDefault: true }], ...changes,
  };
}

/** The key as a program gets it. @public */
export function apiKeyOf(service: SimulatedService, type: KeyType = 'live'): string {
  const key = service.keys.find((each) => each.type === type && !each.isRevoked);
  if (!key) throw new Error(`${service.name} has no ${type} key.`);
  return `${key.name}-${service.id}-${key.secret}`;
}
