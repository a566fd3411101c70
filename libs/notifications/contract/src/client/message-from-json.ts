import { JsonReader, LANGUAGES } from '@guildhall/kernel-contract';
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
  const from = new JsonReader(json, 'message');
  return {
    id: from.text('id'), templateId: from.text('templateId'), channel: from.oneOf('channel', MESSAGE_CHANNELS), language: from.oneOf('language', LANGUAGES_OF_MESSAGES),
    state: from.oneOf('state', Object.keys(MESSAGE_TRANSITIONS) as MessageState[]), ...from.maybe('failure', (name) => from.oneOf(name, FAILURES)), ...from.maybe('failureCode', (name) => from.text(name)),
    sentTo: from.text('sentTo'), title: from.text('title'), ...from.maybe('body', (name) => from.text(name)), ...from.maybe('about', (name) => subjectFromJson(from.value(name))),
    ...from.maybe('personId', (name) => from.text(name) as PersonId), tries: from.count('tries'),
    createdAt: from.instant('createdAt'), ...from.maybe('sentAt', (name) => from.instant(name)), ...from.maybe('settledAt', (name) => from.instant(name)),
  };
}

export function messagesFromJson(json: unknown): MessageView[] {
  return new JsonReader({ messages: json }, 'list').list('messages').map(messageFromJson);
}

export function pageFromJson(json: unknown): MessagePage {
  const from = new JsonReader(json, 'page of messages');
  return { messages: from.list('messages').map(messageFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

export function preferencesFromJson(json: unknown): MessagePreferences {
  const from = new JsonReader(json, 'preferences');
  return { ...from.maybe('channel', (name) => from.oneOf(name, MESSAGE_CHANNELS)), stopsNews: from.flag('stopsNews') };
}

export function renderedFromJson(json: unknown): RenderedMessage {
  const from = new JsonReader(json, 'preview');
  const channel: MessageChannel = from.oneOf('channel', MESSAGE_CHANNELS);
  const title = from.text('title');
  switch (channel) {
    case 'email': return { channel, title, subject: from.text('subject'), parts: partsIn(from) };
    case 'sms': return { channel, title, text: from.text('text') };
    case 'letter': return { channel, title, heading: from.text('heading'), parts: partsIn(from) };
  }
}

function partsIn(from: JsonReader): MessagePart[] {
  return from.list('parts').map((json) => {
    const part = new JsonReader(json, 'part');
    return { language: part.oneOf('language', LANGUAGES), blocks: part.list('blocks') as MessagePart['blocks'] };
  });
}

function subjectFromJson(json: unknown): MessageSubject {
  const from = new JsonReader(json, 'about');
  return { type: from.text('type'), id: from.text('id') };
}
