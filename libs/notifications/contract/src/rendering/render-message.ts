import { InvalidInput } from '@guildhall/kernel-contract';
import type { Council, Language, Text } from '@guildhall/kernel-contract';
import type { MessageChannel, MessageLanguage } from '../message';
import type { MessageTemplate, MessageValues } from '../template';
import { LONGEST_SMS } from '../template';
import type { MessagePart, RenderedMessage } from './content';
import { toPlainText } from './plain-text';
import { fill, renderBody } from './render-body';
import type { ReadyValues } from './values';
import { readyValues } from './values';

/**
 * Puts values into a template for one channel and language.
 * @public
 * @throws InvalidInput when the template has no such channel, a value is missing, unknown or of the wrong kind, or a text message is too long
 */
export function renderMessage(template: MessageTemplate, channel: MessageChannel, language: MessageLanguage, values: MessageValues, council: Pick<Council, 'origin'> & Partial<Pick<Council, 'languages'>>): RenderedMessage {
  const languages: readonly Language[] = language === 'both' ? ['cy', 'en'] : [language];
  const ready = new Map(languages.map((each) => [each, readyValues(template, values, each, council)]));
  const inEach = <Result>(make: (language: Language, values: ReadyValues) => Result): Result[] => languages.map((each) => make(each, ready.get(each) as ReadyValues));
  const line = (text: Text): string => [...new Set(inEach((each, its) => oneLine(fill(text[each], its, each))))].join(' / ');
  const parts = (text: Text): MessagePart[] => inEach((each, its) => ({ language: each, blocks: renderBody(text[each], its, each) }));
  const title = [...new Set(languages.map((each) => template.title[each]))].join(' / ');
  switch (channel) {
    case 'email': {
      const { email } = template.channels;
      if (!email) throw noChannel(template, channel);
      return { channel, title, subject: line(email.subject), parts: parts(email.body) };
    }
    case 'letter': {
      const { letter } = template.channels;
      if (!letter) throw noChannel(template, channel);
      return { channel, title, heading: line(letter.heading), parts: parts(letter.body) };
    }
    case 'sms': {
      const { sms } = template.channels;
      if (!sms) throw noChannel(template, channel);
      const text = inEach((each, its) => tidy(fill(sms.body[each], its, each))).join('\n\n');
      if (text.length > LONGEST_SMS) throw new InvalidInput(`The text message ${template.id} would have ${text.length} characters; ${LONGEST_SMS} is the most. Shorten its values or send it by e-mail.`);
      return { channel, title, text };
    }
  }
}

/** The words of a rendered message as plain text, without its subject or heading. @public */
export function plainWordsOf(message: RenderedMessage): string {
  return message.channel === 'sms' ? message.text : toPlainText(message.parts);
}

/** What stands over it: an e-mail's subject, a letter's heading, for a text the template's title. @public */
export function titleOf(message: RenderedMessage): string {
  switch (message.channel) {
    case 'email': return message.subject;
    case 'letter': return message.heading;
    case 'sms': return message.title;
  }
}

function noChannel(template: MessageTemplate, channel: MessageChannel): InvalidInput {
  return new InvalidInput(`The template ${template.id} has no ${channel}.`, [{ field: 'channel', message: `The template ${template.id} has no ${channel}.` }]);
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** No spaces at the ends of lines, no more than one blank line. */
function tidy(words: string): string {
  return words.split(/\r?\n/).map((each) => each.replace(/[ \t]+/g, ' ').trim()).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
