import { mobileNumber, usableEmail, usablePostalLines } from '@guildhall/notifications-contract';
import { badRequest, invalid } from './fault';
import type { Personalisation } from './fill-template';
import type { NotificationType } from './service';

/** A request to send that has the right form. */
export interface SendRequest {
  readonly type: NotificationType;
  readonly templateId: string;
  readonly to: string;
  readonly lines: readonly string[];
  readonly personalisation: Personalisation;
  readonly reference?: string;
  readonly replyToId?: string;
  readonly smsSenderId?: string;
  readonly unsubscribeUrl?: string;
  readonly scheduledFor?: string;
  readonly isInternational: boolean;
  /** A letter that came as a PDF. */
  readonly precompiled?: { readonly pdf: Buffer; readonly postage: string };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONGEST_REFERENCE = 1000;
const MOST_HOURS_AHEAD = 24;
const FIELDS = {
  sms: { needed: ['phone_number', 'template_id'], other: ['personalisation', 'reference', 'sms_sender_id', 'scheduled_for'] },
  email: { needed: ['email_address', 'template_id'], other: ['personalisation', 'reference', 'email_reply_to_id', 'one_click_unsubscribe_url', 'sanitise_content_for', 'scheduled_for'] },
  letter: { needed: ['template_id', 'personalisation'], other: ['reference'] },
  precompiled: { needed: ['reference', 'content'], other: ['postage'] },
} as const;

/** The body of a call as a JSON object. @throws NotifyFault */
export function readObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  let json: unknown;
  try { json = JSON.parse(bytes.toString('utf8')); } catch { return badRequest('Invalid JSON supplied in POST data'); }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : invalid(`${JSON.stringify(json)} is not of type object`);
}

/** Looks at the form of a request to send; all that is wrong is said at once, as Notify does. @throws NotifyFault */
export function readSendRequest(type: NotificationType, body: Readonly<Record<string, unknown>>, now: Date): SendRequest {
  const isPrecompiled = type === 'letter' && 'content' in body;
  const { needed, other } = FIELDS[isPrecompiled ? 'precompiled' : type];
  const faults: string[] = needed.filter((name) => body[name] === undefined).map((name) => `${name} is a required property`);
  const extra = Object.keys(body).filter((name) => !([...needed, ...other] as readonly string[]).includes(name));
  if (extra.length) faults.push(`Additional properties are not allowed (${extra.join(', ')} ${extra.length === 1 ? 'was' : 'were'} unexpected)`);
  const text = (name: string): string | undefined => {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    faults.push(`${name} ${JSON.stringify(value)} is not of type string`);
    return undefined;
  };
  const uuid = (name: string): string | undefined => {
    const value = text(name);
    if (value !== undefined && !UUID.test(value)) faults.push(`${name} is not a valid UUID`);
    return value?.toLowerCase();
  };
  const reference = text('reference');
  if (reference !== undefined && reference.length > LONGEST_REFERENCE) faults.push(`reference ${reference.slice(0, 20)}… is too long`);
  const given = body['personalisation'];
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) faults.push('personalisation is not of type object');
  const personalisation = typeof given === 'object' && given !== null ? (given as Personalisation) : {};
  const scheduledFor = text('scheduled_for');
  if (scheduledFor !== undefined) {
    const at = Date.parse(scheduledFor);
    if (Number.isNaN(at)) faults.push('scheduled_for datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601');
    else if (at < now.getTime()) faults.push('scheduled_for datetime can not be in the past');
    else if (at > now.getTime() + MOST_HOURS_AHEAD * 3_600_000) faults.push('scheduled_for datetime can only be 24 hours in the future');
  }
  const unsubscribeUrl = text('one_click_unsubscribe_url');
  if (unsubscribeUrl !== undefined && !unsubscribeUrl.startsWith('https://')) faults.push('one_click_unsubscribe_url is not a valid https url');
  const common = { type, templateId: isPrecompiled ? '' : (uuid('template_id') ?? ''), personalisation, reference, replyToId: uuid('email_reply_to_id'), smsSenderId: uuid('sms_sender_id'), unsubscribeUrl, scheduledFor };
  let to = '';
  let isInternational = false;
  if (type === 'sms') {
    const phone = text('phone_number');
    const mobile = phone === undefined ? undefined : mobileNumber(phone);
    if (phone !== undefined && mobile === undefined) faults.push(`phone_number ${/[^\d\s()+.-]/.test(phone) ? 'can only include: 0 1 2 3 4 5 6 7 8 9 ( ) + -' : phone.replace(/\D/g, '').length < 10 ? 'Not enough digits' : 'Not a UK mobile number'}`);
    isInternational = mobile !== undefined && !mobile.startsWith('+44');
    to = phone ?? '';
  }
  if (type === 'email') {
    const address = text('email_address');
    if (address !== undefined && usableEmail(address) === undefined) faults.push('email_address Not a valid email address');
    to = address ?? '';
  }
  if (isPrecompiled) {
    const content = text('content') ?? '';
    const postage = text('postage') ?? 'second';
    if (!['first', 'second', 'economy'].includes(postage)) faults.push('postage invalid. It must be first, second or economy.');
    if (faults.length) return invalid(faults);
    if (!/^[A-Za-z0-9+/=\s]+$/.test(content)) return badRequest('Cannot decode letter content (invalid base64 encoding)');
    return { ...common, to: 'Provided as PDF', lines: [], isInternational, precompiled: { pdf: Buffer.from(content, 'base64'), postage } };
  }
  if (faults.length) return invalid(faults);
  const lines = type === 'letter' ? readLines(personalisation) : [];
  return { ...common, to: type === 'letter' ? (lines[0] ?? '') : to, lines, isInternational };
}

/** The address of a letter: three to seven lines, the last a postcode. `postcode` may stand for the seventh line. @throws NotifyFault */
function readLines(personalisation: Personalisation): readonly string[] {
  const byKey = new Map(Object.entries(personalisation).map(([name, value]) => [name.replace(/[\s_-]/g, '').toLowerCase(), value]));
  const lines = ['addressline1', 'addressline2', 'addressline3', 'addressline4', 'addressline5', 'addressline6', 'addressline7', 'postcode'].flatMap((name) => {
    const value = byKey.get(name);
    return typeof value === 'string' && value.trim() ? [value.trim()] : [];
  });
  if (lines.length < 3) return invalid('Address must be at least 3 lines');
  if (lines.length > 7) return invalid('Address must be no more than 7 lines');
  // The real one knows which postcodes there are; here an invented one (ZZ99) will do.
  return usablePostalLines(lines) ?? invalid('Last line of address must be a real UK postcode');
}
