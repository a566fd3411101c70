import { Unavailable } from '@guildhall/kernel-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, MESSAGE_TRANSITIONS } from '../message';
import type { DeliveryFailure, MessageChannel, MessageLanguage, MessageState, MessageSubject, MessageView } from '../message';
import type { MessagePage } from '../notifications-api';
import type { MessagePreferences } from '../preferences';
import type { MessagePart, RenderedMessage } from '../rendering/content';

const LANGUAGES_OF_MESSAGES: readonly MessageLanguage[] = ['en', 'cy', 'both'];
const FAILURES: readonly DeliveryFailure[] = ['temporary', 'permanent', 'technical'];

/** Reads a message that came over the wire; unknown properties are ignored. @throws Unavailable */
export function messageFromJson(json: unknown): MessageView {
  const from = new Reader(json, 'message');
  return {
    id: from.text('id'), templateId: from.text('templateId'), channel: from.oneOf('channel', MESSAGE_CHANNELS), language: from.oneOf('language', LANGUAGES_OF_MESSAGES),
    state: from.oneOf('state', Object.keys(MESSAGE_TRANSITIONS) as MessageState[]), failure: from.maybe('failure', () => from.oneOf('failure', FAILURES)), failureCode: from.maybe('failureCode', () => from.text('failureCode')),
    sentTo: from.text('sentTo'), title: from.text('title'), body: from.maybe('body', () => from.text('body')), about: from.maybe('about', () => subjectFromJson(from.value('about'))),
    personId: from.maybe('personId', () => from.text('personId') as PersonId), tries: from.count('tries'),
    createdAt: from.instant('createdAt'), sentAt: from.maybe('sentAt', () => from.instant('sentAt')), settledAt: from.maybe('settledAt', () => from.instant('settledAt')),
  };
}

export function messagesFromJson(json: unknown): MessageView[] {
  if (!Array.isArray(json)) throw unknownForm('messages');
  return json.map(messageFromJson);
}

export function pageFromJson(json: unknown): MessagePage {
  const from = new Reader(json, 'page of messages');
  return { messages: messagesFromJson(from.value('messages')), next: from.maybe('next', () => from.text('next')) };
}

export function preferencesFromJson(json: unknown): MessagePreferences {
  const from = new Reader(json, 'preferences');
  return { channel: from.maybe('channel', () => from.oneOf('channel', MESSAGE_CHANNELS)), stopsNews: from.yes('stopsNews') };
}

export function renderedFromJson(json: unknown): RenderedMessage {
  const from = new Reader(json, 'preview');
  const channel: MessageChannel = from.oneOf('channel', MESSAGE_CHANNELS);
  const title = from.text('title');
  switch (channel) {
    case 'email': return { channel, title, subject: from.text('subject'), parts: partsFromJson(from.value('parts')) };
    case 'sms': return { channel, title, text: from.text('text') };
    case 'letter': return { channel, title, heading: from.text('heading'), parts: partsFromJson(from.value('parts')) };
  }
}

function partsFromJson(json: unknown): MessagePart[] {
  if (!Array.isArray(json) || !json.every((part: unknown) => typeof part === 'object' && part !== null && Array.isArray((part as MessagePart).blocks))) throw unknownForm('parts');
  return json as MessagePart[];
}

function subjectFromJson(json: unknown): MessageSubject {
  const from = new Reader(json, 'about');
  return { type: from.text('type'), id: from.text('id') };
}

/** Takes typed values out of JSON that came from outside. */
class Reader {
  readonly #json: Readonly<Record<string, unknown>>;
  constructor(json: unknown, private readonly what: string) {
    if (typeof json !== 'object' || json === null) throw unknownForm(what);
    this.#json = json as Readonly<Record<string, unknown>>;
  }
  value(name: string): unknown { return this.#json[name]; }
  maybe<Value>(name: string, read: () => Value): Value | undefined { return this.#json[name] === undefined || this.#json[name] === null ? undefined : read(); }
  text(name: string): string {
    const value = this.#json[name];
    if (typeof value !== 'string') throw unknownForm(`${this.what}.${name}`);
    return value;
  }
  count(name: string): number {
    const value = this.#json[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw unknownForm(`${this.what}.${name}`);
    return value;
  }
  yes(name: string): boolean {
    const value = this.#json[name];
    if (typeof value !== 'boolean') throw unknownForm(`${this.what}.${name}`);
    return value;
  }
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const found = values.find((value) => value === this.#json[name]);
    if (!found) throw unknownForm(`${this.what}.${name}`);
    return found;
  }
  instant(name: string): Date {
    const date = new Date(this.text(name));
    if (Number.isNaN(date.getTime())) throw unknownForm(`${this.what}.${name}`);
    return date;
  }
}

function unknownForm(what: string): Unavailable {
  return new Unavailable(`The other side's ${what} is in a form that is not known here. Compare the versions of notifications-contract on both sides.`);
}
