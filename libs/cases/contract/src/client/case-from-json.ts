import { Unavailable } from '@guildhall/kernel-contract';
import type { CasePage, CaseView, OpenedCase, TimelineEntry, TimelinePage } from '../case';
import type { ChangedMeanwhile } from '../cases-api';

type Json = Readonly<Record<string, unknown>>;

/** Reads a case that came over the wire. The other side keeps the same contract: what is checked is that it is one, and instants become dates. @throws Unavailable */
export function caseFromJson(json: unknown): CaseView {
  const from = objectOf(json, 'case', ['id', 'reference', 'caseType', 'state', 'stateKind', 'openedAt', 'movedAt']);
  const decision = from.decision ? { ...objectOf(from.decision, 'decision', ['outcome', 'decidedAt']) } : undefined;
  return {
    ...from, ...instants(from, 'openedAt', 'movedAt'), ...(from.closedAt !== undefined && instants(from, 'closedAt')),
    ...(decision && { decision: { ...decision, ...instants(decision, 'decidedAt') } }),
  } as unknown as CaseView;
}

export function openedFromJson(json: unknown): OpenedCase {
  const { statusPath } = objectOf(json, 'case', ['statusPath']);
  return { ...caseFromJson(json), statusPath: String(statusPath) };
}

export function casePageFromJson(json: unknown): CasePage {
  const { items, next } = pageOf(json, 'page of cases');
  return {
    items: items.map((item) => { const from = objectOf(item, 'case', ['id', 'reference', 'openedAt', 'movedAt']); return { ...from, ...instants(from, 'openedAt', 'movedAt') } as unknown as CasePage['items'][number]; }),
    ...(next && { next }), ...((json as { isCut?: unknown }).isCut === true && { isCut: true }),
  };
}

export function entryFromJson(json: unknown): TimelineEntry {
  const from = objectOf(json, 'timeline entry', ['id', 'at', 'kind', 'visibility', 'by']);
  return { ...from, ...instants(from, 'at') } as unknown as TimelineEntry;
}

export function timelineFromJson(json: unknown): TimelinePage {
  const { items, next } = pageOf(json, 'timeline');
  return { items: items.map(entryFromJson), ...(next && { next }) };
}

export function changedFromJson(json: unknown): ChangedMeanwhile {
  const { message, current, changes } = objectOf(json, 'refusal', ['message', 'current', 'changes']);
  if (!Array.isArray(changes)) throw unknownForm('refusal');
  return { reason: 'changed-meanwhile', message: String(message), current: caseFromJson(current), changes: changes.map(entryFromJson) };
}

function pageOf(json: unknown, what: string): { items: readonly unknown[]; next?: string } {
  const { items, next } = objectOf(json, what, ['items']);
  if (!Array.isArray(items)) throw unknownForm(what);
  return { items, ...(typeof next === 'string' && { next }) };
}

function objectOf(json: unknown, what: string, needed: readonly string[]): Json {
  if (typeof json !== 'object' || json === null || needed.some((name) => (json as Json)[name] === undefined)) throw unknownForm(what);
  return json as Json;
}

function instants(from: Json, ...names: readonly string[]): Record<string, Date> {
  return Object.fromEntries(names.map((name) => {
    const instant = new Date(String(from[name]));
    if (Number.isNaN(instant.getTime())) throw unknownForm(`instant (${name})`);
    return [name, instant];
  }));
}

function unknownForm(what: string): Unavailable {
  return new Unavailable(`The other side answered with a ${what} in a form that is not known here. Compare the versions of the contract on both sides.`);
}
