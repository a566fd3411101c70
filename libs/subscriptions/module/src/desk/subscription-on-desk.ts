import type { RequestContext } from '@guildhall/kernel-contract';
import type { SubscriptionView } from '@guildhall/subscriptions-contract';
import { caseTypesOf } from '../managing/check-choices';
import { offeredEvents } from '../taking/outward-event';

/** The part of the app from which an event comes, or a beginning of events. */
const moduleOf = (type: string): string => type.split('.')[0] ?? type;

/** One thing that a system is told of, as the desk shows it. */
export interface ToldOf { readonly module?: string; readonly describes?: string; readonly type: string }

/** What a system is told of, in words. A pattern that is no whole module's is shown as it is written. */
export function toldOf(ctx: RequestContext, { eventTypes }: SubscriptionView): readonly ToldOf[] {
  const offered = new Map(offeredEvents(ctx).map(({ type, describes }) => [type, describes]));
  return eventTypes.map((type) => ({ type, ...(/^[a-z0-9-]+\.\*$/.test(type) && { module: moduleOf(type) }), ...(offered.has(type) && { describes: offered.get(type) }) }));
}

/** The titles of the kinds of case. One that the council no longer has is shown by its id. */
export function caseTypeTitles(ctx: RequestContext, { caseTypes }: SubscriptionView): readonly string[] {
  const titles = new Map(caseTypesOf(ctx).map(({ id, title }) => [id, title]));
  return caseTypes.map((id) => titles.get(id) ?? id);
}

/** What can be chosen, part by part; also what was chosen by other means than the form. */
export function choicesFor(ctx: RequestContext, chosen: readonly string[]): { readonly groups: readonly { readonly module: string; readonly all: string; readonly events: readonly { readonly type: string; readonly describes: string }[] }[]; readonly others: readonly string[] } {
  const events = offeredEvents(ctx);
  const modules = [...new Set(events.map(({ type }) => moduleOf(type)))];
  const known = new Set([...events.map(({ type }) => type), ...modules.map((module) => `${module}.*`)]);
  return { groups: modules.map((module) => ({ module, all: `${module}.*`, events: events.filter(({ type }) => moduleOf(type) === module) })), others: chosen.filter((type) => !known.has(type)) };
}
