import { withoutPerson, type HandedCase, type HandedOver, type HandOverRefusal } from '@guildhall/back-office-contract';
import { Unavailable, done, retryAfterOf, type Outcome, type OutboundResponse } from '@guildhall/kernel-contract';

const MOST_REFERENCE = 200;

/** What the system says of what was posted. @throws Unavailable when it does not say whether it took it */
export function readAnswer(answer: OutboundResponse, { contact, photos }: Pick<HandedCase, 'contact' | 'photos'>): Outcome<HandedOver, HandOverRefusal> {
  const { status, headers } = answer;
  const code = `webhook-${status}`;
  const no = (reason: HandOverRefusal['reason'], message: string): { readonly ok: false; readonly refusal: HandOverRefusal } => ({ ok: false, refusal: { reason, code, message, ...(reason === 'temporary' && { retryAfterInSeconds: retryAfterOf(headers['retry-after']) }) } });
  if (status >= 200 && status < 300) return done(referenceIn(answer));
  if (status === 400 || status === 409 || status === 422) return no('not-accepted', `It says: ${withoutPerson(reasonIn(answer) ?? `status ${status}`, contact, photos)}`);
  if (status === 401 || status === 403) return no('technical', 'It does not believe our signature. Give it the secret once more.');
  if (status === 429) return no('temporary', 'It has had too many calls.');
  // Standard Webhooks: a redirection is a failure; 410 says that nobody listens there any more.
  if (status < 500) return no('technical', status === 410 || status === 404 ? 'Nobody takes cases at its address any more.' : `It answers with ${status}. Correct its address.`);
  throw new Unavailable(`The system answered with ${status}.`, retryAfterOf(headers['retry-after']));
}

/** `{ "reference": "W-1001" }`; nothing from a system that gives none, or gives it later. */
function referenceIn(answer: OutboundResponse): HandedOver {
  if (answer.text().trim() === '') return {};
  const { reference } = objectIn(answer) ?? fail();
  if (reference === undefined || reference === null || reference === '') return {};
  return typeof reference === 'string' || typeof reference === 'number' ? { farReference: String(reference).slice(0, MOST_REFERENCE) } : fail();
}

/** The sentence of a problem (RFC 9457), or of `{ "message": … }`. */
function reasonIn(answer: OutboundResponse): string | undefined {
  const { detail, message, title } = objectIn(answer) ?? {};
  return [detail, message, title].find((one): one is string => typeof one === 'string' && one.trim() !== '');
}

function objectIn(answer: OutboundResponse): Readonly<Record<string, unknown>> | undefined {
  try {
    const read = answer.json();
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function fail(): never {
  throw new Unavailable('The answer cannot be read: it is neither empty nor { "reference": … }.');
}
