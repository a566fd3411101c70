import { MESSAGE_CHANNELS, type MessageChannel, type Recipient } from './message';
import type { MessageTemplate } from './template';

/** A usable address for one channel. @public */
export type Address =
  | { readonly channel: 'email'; readonly email: string; readonly name?: string }
  | { readonly channel: 'sms'; readonly phone: string }
  | { readonly channel: 'letter'; readonly lines: readonly string[] };

/** The usable address for a channel, or undefined: absent, malformed, a landline for a text, a letter abroad. @public */
export function addressFor(to: Recipient, channel: MessageChannel): Address | undefined {
  switch (channel) {
    case 'email': { const email = to.email === undefined ? undefined : usableEmail(to.email); return email ? { channel, email, name: oneLine(to.name) } : undefined; }
    case 'sms': { const phone = to.phone === undefined ? undefined : mobileNumber(to.phone); return phone ? { channel, phone } : undefined; }
    case 'letter': { const lines = to.postalLines && usablePostalLines(to.postalLines); return lines ? { channel, lines } : undefined; }
  }
}

/**
 * The first of the preferred channels that the template has, the council's providers offer and the recipient has a usable address for.
 * @public
 */
export function chooseAddress(template: MessageTemplate, to: Recipient, preferred: readonly MessageChannel[] | undefined, offered: readonly MessageChannel[]): Address | undefined {
  for (const channel of preferred ?? MESSAGE_CHANNELS) {
    const address = template.channels[channel] && offered.includes(channel) ? addressFor(to, channel) : undefined;
    if (address) return address;
  }
  return undefined;
}

/**
 * An e-mail address that may be put into a header: one `@`, no spaces, controls, brackets or commas, at most 254 characters (RFC 5321, 4.5.3.1).
 * @public
 */
export function usableEmail(address: string): string | undefined {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  const domain = trimmed.slice(at + 1);
  if (at < 1 || trimmed.length > 254 || local.length > 64) return undefined;
  // eslint-disable-next-line no-control-regex
  if (/[\s\u0000-\u001f\u007f()<>[\],;:\\"@]/.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  if (!/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*[\p{L}\p{N}]$/u.test(domain)) return undefined;
  return trimmed;
}

/**
 * A number that can receive a text, as E.164: United Kingdom mobiles in any usual way of writing, other countries' with `+` or `00`.
 * United Kingdom landlines, pagers (076) and personal numbers (070) cannot.
 * @public
 */
export function mobileNumber(phone: string): string | undefined {
  const compact = phone.replace(/[\s().-]/g, '').replace(/^00/, '+');
  if (!/^\+?\d{8,15}$/.test(compact)) return undefined;
  const national = /^(?:\+44|44|0)0?(7\d{9})$/.exec(compact)?.[1];
  // 07624 is the Isle of Man's mobiles, inside the pagers' 076.
  if (national) return /^7(?:624|[1-57-9])/.test(national) ? `+44${national}` : undefined;
  return compact.startsWith('+') && !compact.startsWith('+44') && compact.length >= 9 ? compact : undefined;
}

/** Three to seven lines, the last a United Kingdom postcode, written as one. @public */
export function usablePostalLines(lines: readonly string[]): readonly string[] | undefined {
  const kept = lines.map((line) => oneLine(line) ?? '').filter(Boolean);
  const postcode = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec((kept.at(-1) ?? '').replace(/\s+/g, '').toUpperCase());
  if (kept.length < 3 || kept.length > 7 || !postcode) return undefined;
  return [...kept.slice(0, -1), `${postcode[1]} ${postcode[2]}`];
}

/** An address that tells its owner which it is, and others nothing: `j…@riverbourne.example`, `07700 …123`, `ZZ99 1AA`. @public */
export function maskedAddress(address: Address): string {
  switch (address.channel) {
    case 'email': return address.email.replace(/^(.).*@/su, '$1…@');
    case 'sms': return address.phone.startsWith('+44') ? `0${address.phone.slice(3, 7)} …${address.phone.slice(-3)}` : `${address.phone.slice(0, 3)} …${address.phone.slice(-3)}`;
    case 'letter': return address.lines.at(-1) ?? '';
  }
}

function oneLine(words: string | undefined): string | undefined {
  // eslint-disable-next-line no-control-regex
  const line = words?.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}
