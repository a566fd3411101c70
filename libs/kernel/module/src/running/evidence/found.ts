import type { Evidence } from '@guildhall/kernel-contract';

/** What was looked at: in order, unless something is wrong with it. */
export function found(id: string, principles: readonly string[], how: Evidence['how'], wrong: readonly string[], right: string, facts?: Evidence['facts']): Evidence {
  return { id, principles, how, state: wrong.length ? 'fault' : 'shown', text: wrong.length ? wrong.join(' ') : right, ...(facts && { facts }) };
}
/** What nothing here can tell, and what would. */
export function missing(id: string, principles: readonly string[], how: Evidence['how'], text: string): Evidence { return { id, principles, how, state: 'missing', text }; }
