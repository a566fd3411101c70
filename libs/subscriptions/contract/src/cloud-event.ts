/** The media type of one event in CloudEvents' structured JSON mode (CloudEvents 1.0, HTTP binding 3.2). @public */
export const CLOUD_EVENT_TYPE = 'application/cloudevents+json';

/**
 * One event as it leaves the council (CloudEvents 1.0, JSON format). Ids and facts only: who wants to know more asks the council's API, with a credential of its own.
 * @public
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** UUID of the event; also the `webhook-id`. The same at each try and each replay: what was taken once is not taken again. */
  readonly id: string;
  /** The council's origin: `https://apps.riverbourne.example`. With `id` it names the event in all the world. */
  readonly source: string;
  /** `cases.case-opened` */
  readonly type: string;
  /** Id of what it is about. */
  readonly subject: string;
  /** When it happened (RFC 3339, UTC). */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Version of the event's data, a whole number (an extension attribute): it grows when a field changes its meaning or goes. */
  readonly eventversion: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Reads an event that came from outside.
 * @returns undefined when it is not one of CloudEvents 1.0 in JSON with the attributes that a council always sends
 * @public
 */
export function parseCloudEvent(text: string): CloudEvent | undefined {
  let read: unknown;
  try { read = JSON.parse(text); } catch { return undefined; }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
  const { specversion, id, source, type, subject, time, datacontenttype, eventversion, data } = read as Record<string, unknown>;
  const areTexts = [id, source, type, subject, time].every((value) => typeof value === 'string' && value.length > 0);
  if (specversion !== '1.0' || !areTexts || Number.isNaN(Date.parse(time as string)) || (datacontenttype !== undefined && datacontenttype !== 'application/json') || typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  return { specversion, id: id as string, source: source as string, type: type as string, subject: subject as string, time: time as string, datacontenttype: 'application/json', eventversion: Number.isInteger(eventversion) ? (eventversion as number) : 1, data: data as Readonly<Record<string, unknown>> };
}
