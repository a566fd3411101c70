import type { Text } from '@guildhall/kernel-contract';

/**
 * What the council does when the far end reports a status. With neither field the far end's words become an internal note.
 * @public
 */
export interface StatusRule {
  /** Transition of the case's own type: `finish`. Where it cannot be taken as the case stands, the officer reads why in a note. */
  readonly move?: string;
  /** What the resident reads: what the far end wrote, or the council's own words. With a move that asks for reasons they are the reasons. */
  readonly tell?: 'their-words' | Text;
}
/** What is done for each status, or finer code, of a far end: `{ fixed: { move: 'finish' }, unchanged: { tell: 'their-words' } }`; `ignore` for what nobody needs to know. @public */
export type StatusRules = Readonly<Record<string, StatusRule | 'ignore'>>;

/** The rule for what was reported: that of its code, else that of its status. Undefined when the council has said nothing about either. @public */
export function ruleFor(rules: StatusRules, { status, code }: { readonly status: string; readonly code?: string }): StatusRule | 'ignore' | undefined {
  const name = [code, status].find((one): one is string => one !== undefined && Object.hasOwn(rules, one));
  return name === undefined ? undefined : rules[name];
}
