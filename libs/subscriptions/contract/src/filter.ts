/** What a subscription wants to be told. @public */
export interface EventFilter {
  /** Types of events, `cases.case-opened`, or the beginnings of some, `cases.*`: also of those that do not exist yet. */
  readonly eventTypes: readonly string[];
  /** Only events that name one of these types of case; all events when empty. */
  readonly caseTypes: readonly string[];
}

/** A type of event, or the beginning of some with a star at the end. @public */
export const EVENT_PATTERN = /^(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*(\.\*)?)$/;

/**
 * Whether a subscription is told of an event. With types of case chosen, an event that names none is not told: it could be about any.
 * @public
 */
export function isWanted(filter: EventFilter, event: { readonly type: string; readonly caseType?: string }): boolean {
  return filter.eventTypes.some((wanted) => (wanted.endsWith('*') ? event.type.startsWith(wanted.slice(0, -1)) : event.type === wanted)) && (filter.caseTypes.length === 0 || (event.caseType !== undefined && filter.caseTypes.includes(event.caseType)));
}
