import type { Followed } from './follows-feeds';

/** A feed that is followed, as others are told of it. */
export interface ToldFeed { readonly name: string; readonly origin: string; readonly entries: number; readonly heardAt: string | null; readonly askedAt: string | null; readonly isComplete: boolean; readonly state: 'new' | 'heard' | 'silent' | 'alarm'; readonly fault: string | null; readonly alarm: { readonly reason: string; readonly at: string; readonly notes: readonly string[] } | null }
export function toldFeed({ name, origin, size, heardAt, askedAt, completeAt, fault, alarm }: Followed): ToldFeed {
  const state = alarm ? 'alarm' : fault !== undefined ? 'silent' : heardAt ? 'heard' : 'new';
  return { name, origin, entries: size, heardAt: heardAt?.toISOString() ?? null, askedAt: askedAt?.toISOString() ?? null, isComplete: completeAt !== undefined && heardAt !== undefined && completeAt >= heardAt, state, fault: fault ?? null, alarm: alarm ?? null };
}
