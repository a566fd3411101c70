/** One label, as strict as it can be without refusing addresses that exist (RFC 5321 leaves the rest to the mailbox's own host). */
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i;

/**
 * An email address in the form in which two are compared, or undefined when it is not one.
 * @public
 * @example normaliseEmail(' Mary.Jones@Post.Example ') // 'mary.jones@post.example'
 */
export function normaliseEmail(given: string): string | undefined {
  const text = given.normalize('NFKC').trim().toLowerCase();
  return text.length <= 254 && EMAIL.test(text) && !text.includes('..') && !text.startsWith('.') && !text.includes('.@') ? text : undefined;
}

/**
 * A telephone number in E.164, or undefined when it is not one. Without a country code it is taken as a United Kingdom number.
 * @public
 * @example normalisePhone('07700 900123') // '+447700900123'
 */
export function normalisePhone(given: string): string | undefined {
  const text = given.normalize('NFKC').trim().replace(/\(0\)/g, '').replace(/[\s().-]/g, '');
  if (!/^(\+|00)?\d{8,15}$/.test(text)) return undefined;
  const number = text.startsWith('00') ? `+${text.slice(2)}` : text.startsWith('+') ? text : text.startsWith('0') ? `+44${text.slice(1)}` : undefined;
  if (!number || number.startsWith('+0')) return undefined;
  if (number.startsWith('+44')) return /^\+44[1-9]\d{8,9}$/.test(number) ? number : undefined;
  return number.length >= 9 && number.length <= 16 ? number : undefined;
}

/**
 * Whether a normalised number can take a text message: in the United Kingdom a mobile number (071-075, 077-079; 07624 is the Isle of Man's), elsewhere any.
 * @public
 */
export function takesTexts(normalised: string): boolean {
  return normalised.startsWith('+44') ? /^\+447(?:[1-57-9]\d{8}|624\d{6})$/.test(normalised) : normalised.startsWith('+');
}
