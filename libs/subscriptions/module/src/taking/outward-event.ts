import { eventsOf } from '@guildhall/kernel';
import type { Event, EventType, OutwardForm, RequestContext } from '@guildhall/kernel-contract';
import type { OfferedEvent } from '@guildhall/subscriptions-contract';

type Outward = EventType<unknown> & { readonly outward: OutwardForm };
const isOutward = (event: EventType<unknown>): event is Outward => event.outward !== undefined;

/** What other systems may be told of one event. */
export interface ToldEvent { readonly id: string; readonly type: string; readonly version: number; readonly subject: string; readonly caseType?: string; readonly data: Readonly<Record<string, unknown>>; readonly at: Date }

/** Every event of the council's modules that other systems may be told, by type. */
export function offeredEvents(ctx: RequestContext): readonly OfferedEvent[] {
  return eventsOf(ctx).filter(isOutward).map(({ type, version, outward }) => ({ type, version, describes: outward.describes, fields: outward.fields, subject: outward.subject })).sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Of an event what its contract names, and nothing else; undefined when it names nothing. */
export function toldOf(ctx: RequestContext, event: Event<object>): ToldEvent | undefined {
  const declared = eventsOf(ctx).filter(isOutward).find(({ type }) => type === event.type);
  if (!declared) return undefined;
  const given = event.data as Readonly<Record<string, unknown>>;
  const data = Object.fromEntries(declared.outward.fields.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
  const { caseType } = data;
  return { id: event.id, type: event.type, version: declared.version, subject: String(data[declared.outward.subject]), ...(typeof caseType === 'string' && { caseType }), data, at: event.at };
}
