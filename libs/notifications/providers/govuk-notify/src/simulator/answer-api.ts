import { randomUUID } from 'node:crypto';
import { htmlWords, plainWords } from './email-words';
import { NotifyFault, invalid, noResult } from './fault';
import { fillTemplate, placeholdersOf, type Personalisation } from './fill-template';
import { letterPdf } from './letter-pdf';
import { FAILED, STATUSES, createdJson, notificationJson, type SimulatedNotification } from './notification';
import type { PostOffice } from './post-office';
import { readObject, readSendRequest } from './read-request';
import type { NotificationType, SimulatedKey, SimulatedService, SimulatedTemplate } from './service';

/** A call, with its service and key. */
export interface ApiCall { readonly method: string; readonly url: URL; readonly body: Buffer; readonly service: SimulatedService; readonly key: SimulatedKey }
/** What is answered: JSON, or a PDF. */
export interface ApiAnswer { readonly status: number; readonly json?: object; readonly pdf?: Buffer }

/** A text that somebody sent to the service. @public */
export interface ReceivedText { readonly id: string; readonly serviceId: string; readonly from: string; readonly content: string; readonly at: Date }

const PAGE = 250;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TYPES = ['email', 'sms', 'letter'] as const;
const QUERY_STATUSES = new Set<string>([...Object.values(STATUSES).flat(), 'failed']);

/** The v2 API, call by call. @throws NotifyFault */
export function answerApi(call: ApiCall, postOffice: PostOffice, receivedTexts: readonly ReceivedText[], now: Date): ApiAnswer {
  const { method, url, service } = call;
  const [version, kind, id, more, versionNumber] = url.pathname.split('/').slice(1);
  if (version !== 'v2') return noResult();
  if (method === 'POST' && kind === 'notifications' && isType(id) && more === undefined) {
    const made = postOffice.take(service, call.key, readSendRequest(id, readObject(call.body), now));
    return { status: 201, json: createdJson(made, service, url.origin) };
  }
  if (method === 'POST' && kind === 'template' && more === 'preview') return { status: 200, json: preview(templateOf(service, id), readObject(call.body)['personalisation']) };
  if (method !== 'GET') throw new NotifyFault(405, 'MethodNotAllowed', 'The method is not allowed for the requested URL.');
  if (kind === 'notifications' && id === undefined) return { status: 200, json: list(call, postOffice) };
  if (kind === 'notifications') {
    if (!UUID.test(id ?? '')) return invalid('notification_id is not a valid UUID');
    const found = postOffice.notifications.find((each) => each.id === id?.toLowerCase() && each.serviceId === service.id) ?? noResult();
    return more === 'pdf' ? { status: 200, pdf: pdfOf(found) } : { status: 200, json: notificationJson(found, url.origin) };
  }
  if (kind === 'templates' && id === undefined) {
    const type = url.searchParams.get('type');
    if (type !== null && !isType(type)) return invalid(`type ${type} is not one of [sms, email, letter]`);
    return { status: 200, json: { templates: service.templates.filter((each) => !each.isArchived && (type === null || each.type === type)).map(templateJson) } };
  }
  if (kind === 'template') {
    const template = templateOf(service, id);
    if (more === 'version' && versionNumber !== String(template.version ?? 1)) return noResult();
    return { status: 200, json: templateJson(template) };
  }
  if (kind === 'received-text-messages') return { status: 200, json: receivedJson(receivedTexts.filter(({ serviceId }) => serviceId === service.id), url, service) };
  return noResult();
}

function isType(value: string | undefined): value is NotificationType {
  return TYPES.some((type) => type === value);
}

function templateOf(service: SimulatedService, id: string | undefined): SimulatedTemplate {
  if (!UUID.test(id ?? '')) return invalid('id is not a valid UUID');
  return service.templates.find((each) => each.id === id?.toLowerCase()) ?? noResult();
}

function templateJson(template: SimulatedTemplate): object {
  const { id, type, name, body, subject, version = 1 } = template;
  return {
    id, type, name, body, subject: subject ?? null, version, created_at: '2026-01-05T09:00:00.000000Z', updated_at: null, created_by: 'templates@testham.example',
    personalisation: Object.fromEntries(placeholdersOf(template).map((placeholder) => [placeholder, { required: true }])), postage: type === 'letter' ? 'second' : null, letter_contact_block: null,
  };
}

function preview(template: SimulatedTemplate, personalisation: unknown): object {
  const { subject, body } = fillTemplate(template, typeof personalisation === 'object' && personalisation !== null ? (personalisation as Personalisation) : {});
  return { id: template.id, type: template.type, version: template.version ?? 1, body, subject: subject ?? null, html: template.type === 'email' ? htmlWords(body) : null, postage: template.type === 'letter' ? 'second' : null };
}

function list({ url, service, key }: ApiCall, { notifications }: PostOffice): object {
  const { searchParams } = url;
  const known = ['template_type', 'status', 'reference', 'older_than', 'include_jobs'];
  const faults = [...new Set(searchParams.keys())].filter((name) => !known.includes(name)).map((name) => `Additional properties are not allowed (${name} was unexpected)`);
  const statuses = searchParams.getAll('status');
  const types = searchParams.getAll('template_type');
  for (const status of statuses) if (!QUERY_STATUSES.has(status)) faults.push(`status ${status} is not one of [${[...QUERY_STATUSES].join(', ')}]`);
  for (const type of types) if (!isType(type)) faults.push(`template_type ${type} is not one of [sms, email, letter]`);
  const olderThan = searchParams.get('older_than');
  if (olderThan !== null && !UUID.test(olderThan)) faults.push('older_than is not a valid UUID');
  if (faults.length) return invalid(faults);
  const reference = searchParams.get('reference');
  // The newest first; of one type of key only.
  const all = notifications.filter((each) => each.serviceId === service.id && each.keyType === key.type).reverse();
  const from = olderThan === null ? 0 : all.findIndex(({ id }) => id === olderThan) + 1;
  const page = (olderThan !== null && from === 0 ? [] : all.slice(from))
    .filter((each) => (!statuses.length || statuses.some((status) => status === each.status || (status === 'failed' && FAILED.includes(each.status)))) && (!types.length || types.includes(each.type)) && (reference === null || each.reference === reference))
    .slice(0, PAGE);
  const next = new URL(url);
  if (page.length) next.searchParams.set('older_than', page.at(-1)?.id ?? '');
  return { notifications: page.map((each) => notificationJson(each, url.origin)), links: { current: url.href, ...(page.length ? { next: next.href } : {}) } };
}

function pdfOf(found: SimulatedNotification): Buffer {
  if (found.type !== 'letter') throw new NotifyFault(400, 'BadRequestError', 'Notification is not a letter');
  if (found.status === 'pending-virus-check') throw new NotifyFault(400, 'PDFNotReadyError', 'PDF not available yet, try again later');
  if (found.status === 'virus-scan-failed') throw new NotifyFault(400, 'BadRequestError', 'File did not pass the virus scan');
  if (found.status === 'technical-failure') throw new NotifyFault(400, 'BadRequestError', 'PDF not available for letters in status technical-failure');
  return letterPdf([...found.lines, '', found.subject ?? '', '', ...plainWords(found.body).split('\n')]);
}

function receivedJson(texts: readonly ReceivedText[], url: URL, service: SimulatedService): object {
  const olderThan = url.searchParams.get('older_than');
  const all = [...texts].reverse();
  const page = all.slice(olderThan === null ? 0 : all.findIndex(({ id }) => id === olderThan) + 1).slice(0, PAGE);
  const next = new URL(url);
  if (page.length) next.searchParams.set('older_than', page.at(-1)?.id ?? '');
  return { received_text_messages: page.map(({ id, from, content, at }) => ({ id, created_at: at.toISOString(), service_id: service.id, notify_number: '07700900999', user_number: from, content })), links: { current: url.href, ...(page.length ? { next: next.href } : {}) } };
}

/** Makes a text that somebody sent. */
export function aReceivedText(service: SimulatedService, from: string, content: string, at: Date): ReceivedText {
  return { id: randomUUID(), serviceId: service.id, from, content, at };
}
