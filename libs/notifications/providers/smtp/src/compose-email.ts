import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingEmail } from '@guildhall/notifications-contract';
import type { SmtpOptions } from './smtp.options';

/** An e-mail ready for the wire. */
export interface ComposedEmail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly bytes: Buffer;
  readonly messageId: string;
}

/**
 * Writes an e-mail as MIME (RFC 5322, RFC 2045): plain text first, HTML as its alternative.
 * The Message-ID is made from our reference, so that a second try is the same message to whoever gets both.
 */
export async function composeEmail(message: OutgoingEmail, options: SmtpOptions, now: Date): Promise<ComposedEmail> {
  const messageId = `<${message.reference}@${options.from.address.split('@').pop() ?? 'localhost'}>`;
  const node = new MailComposer({
    messageId, date: now, from: options.from, replyTo: options.replyTo, subject: oneLine(message.subject),
    to: { address: message.to.address, name: oneLine(message.to.name ?? '') },
    text: message.text, html: message.html,
    headers: {
      // RFC 3834: answering machines leave it alone.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': message.language === 'both' ? 'cy, en' : message.language,
      // RFC 2369 and 8058: the mail program shows a button of its own. Without TLS it would not press it.
      ...(message.stopAddress?.startsWith('https://') && { 'List-Unsubscribe': `<${message.stopAddress}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    // Words never become files or addresses to fetch.
    disableFileAccess: true, disableUrlAccess: true, newline: 'windows',
  }).compile();
  const { from, to } = node.getEnvelope();
  return { envelope: { from: from || '', to }, bytes: await node.build(), messageId };
}

function oneLine(words: string): string {
  // eslint-disable-next-line no-control-regex
  return words.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
