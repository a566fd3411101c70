import { randomBytes } from 'node:crypto';
import { badRequest, invalid } from './fault';
import type { Personalisation } from './fill-template';
import type { NotificationType } from './service';

/** As large a file as is sent by e-mail: 2 MB, before it is written in base64. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_WEEKS = 78;
const LONGEST_NAME = 100;
const EXTENSIONS = ['csv', 'doc', 'docx', 'jpeg', 'jpg', 'json', 'odt', 'pdf', 'png', 'rtf', 'txt', 'xlsx'];

/** The values of a template's placeholders, each file among them as the address from which it is fetched (Notify's documentation, "Send a file by email"). @throws NotifyFault */
export function withLinkedFiles(personalisation: Personalisation, type: NotificationType, isSetUp: boolean): Personalisation {
  return Object.fromEntries(Object.entries(personalisation).map(([name, value]) => [name, isFile(value) ? linkOf(value, type, isSetUp) : value]));
}

interface SentFile { readonly file: unknown; readonly filename?: unknown; readonly confirm_email_before_download?: unknown; readonly retention_period?: unknown }
function isFile(value: unknown): value is SentFile { return typeof value === 'object' && value !== null && !Array.isArray(value) && 'file' in value; }

function linkOf({ file, filename, confirm_email_before_download: confirms, retention_period: kept }: SentFile, type: NotificationType, isSetUp: boolean): string {
  if (type !== 'email') return badRequest('Can only send a file by email');
  if (!isSetUp) return badRequest('Send files by email has not been set up - add contact details for your service at https://www.notifications.service.gov.uk');
  if (typeof file !== 'string' || file === '' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(file)) return invalid('Document must be base64 encoded');
  if (Buffer.from(file, 'base64').byteLength > MOST_BYTES) return invalid('File exceeds 2MB limit');
  if (confirms !== undefined && confirms !== null && typeof confirms !== 'boolean') return invalid(`Unsupported value for confirm_email_before_download: ${JSON.stringify(confirms)}. Use a boolean true or false value.`);
  const [, weeks = '0'] = typeof kept === 'string' ? /^(\d{1,3}) weeks?$/.exec(kept) ?? [] : [];
  if (kept !== undefined && kept !== null && (Number(weeks) < 1 || Number(weeks) > MOST_WEEKS)) return invalid(`Unsupported value for retention_period: ${JSON.stringify(kept)}. Supported periods are from 1 to ${MOST_WEEKS} weeks.`);
  if (filename !== undefined && filename !== null) {
    const [, extension = ''] = typeof filename === 'string' && filename.length <= LONGEST_NAME ? /\.([a-z0-9]+)$/i.exec(filename) ?? [] : [];
    if (!EXTENSIONS.includes(extension.toLowerCase())) return invalid(`filename must have at most ${LONGEST_NAME} characters and end with one of ${EXTENSIONS.join(', ')}`);
  }
  const id = (): string => randomBytes(16).toString('base64url');
  return `https://documents.service.gov.uk/d/${id()}/${id()}?key=${randomBytes(32).toString('base64url')}`;
}
