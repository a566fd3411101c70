import type { Decision } from '@guildhall/sharing-contract';

/** Why nothing is told, in English sentences: what several checks say in the same words is said once. */
export function whyNot({ reasons }: Pick<Decision, 'reasons'>): string {
  return [...new Set(reasons.filter(({ pass }) => !pass).map(({ text }) => `${text.en}.`))].join(' ');
}
