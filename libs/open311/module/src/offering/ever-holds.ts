import { holds, type Answers, type Condition } from '@guildhall/services-contract';

/** Whether a condition holds for a kind of report, before the rest of its answers are known. */
export type Holding = 'always' | 'maybe' | 'never';

/**
 * Works out whether a condition can hold when some answers are settled and the others are open. A function is not looked into: it may hold.
 * @param open ids of the questions that may still be answered; what is neither settled nor open never has an answer
 */
export function everHolds(condition: Condition | undefined, settled: Answers, open: ReadonlySet<string>): Holding {
  if (!condition) return 'always';
  if (typeof condition === 'function') return 'maybe';
  const { anyOf, not } = condition as { readonly anyOf?: readonly Condition[]; readonly not?: Condition };
  if (Array.isArray(anyOf)) {
    const each = anyOf.map((one) => everHolds(one, settled, open));
    return each.includes('always') ? 'always' : each.every((one) => one === 'never') ? 'never' : 'maybe';
  }
  if (typeof not === 'object' || typeof not === 'function') {
    const inside = everHolds(not, settled, open);
    return inside === 'maybe' ? 'maybe' : inside === 'always' ? 'never' : 'always';
  }
  const each = Object.entries(condition).map(([question, match]): Holding => (Object.hasOwn(settled, question) || !open.has(question) ? (holds({ [question]: match } as Condition, settled) ? 'always' : 'never') : 'maybe'));
  return each.includes('never') ? 'never' : each.includes('maybe') ? 'maybe' : 'always';
}
