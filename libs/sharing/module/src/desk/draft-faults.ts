import type { Text } from '@guildhall/kernel-contract';
import type { Guideline, Objection } from '@guildhall/sharing-contract';
import type { InWords } from './agreement-in-words';
import type { Checked } from './check-draft';

/** What the law finds wrong, by the row of the agreement that is to be mended. */
const ROW_OF_FINDING: Readonly<Record<string, string>> = {
  words: 'attributes', parties: 'holders', term: 'until', review: 'review', 'lawful-basis': 'lawful-basis', consent: 'choice', power: 'power', 'special-category': 'special', choice: 'choice', 'legal-duty': 'choice', dpia: 'dpia', retention: 'retention', rights: 'contacts', security: 'assurance',
};
/** The same of a rule, by what it looks at. */
const ROW_OF_CHECK: Readonly<Record<Guideline['rules'][number]['check'], string>> = {
  choice: 'choice', 'review-within': 'review', 'kept-no-longer-than': 'retention', 'never-shared': 'attributes', 'answers-not-copies': 'attributes', 'never-for': 'purpose', 'only-managed-devices': 'channels', assurance: 'assurance', dpia: 'dpia',
  'children-need-a-reason': 'children', 'every-item-is-used': 'attributes', 'no-decision-by-machine-alone': 'automated-decision', 'what-was-shared-is-not-used-again': 'on-withdrawal',
};

/** An agreement in words with what stands against it beside what it is about: what the law finds wrong, and what either side has against it. */
export function withFaults(rows: readonly InWords[], { findings, rules }: Pick<Checked, 'findings' | 'rules'>): readonly (InWords & { readonly faults: readonly Text[] })[] {
  const faults = [
    ...findings.filter(({ holds }) => !holds).map(({ id, text }) => ({ key: ROW_OF_FINDING[id], text })),
    ...rules.flatMap(({ guidelines, objections }) => objections.map((one) => ({ key: rowOf(guidelines, one), text: one.text }))),
  ];
  return rows.map((row) => ({ ...row, faults: faults.filter(({ key }) => key === row.key).map(({ text }) => text) }));
}

function rowOf(guidelines: readonly Guideline[], { guideline, by, rule }: Objection): string | undefined {
  const check = guidelines.find((one) => one.id === guideline && one.by === by)?.rules.find(({ id }) => id === rule)?.check;
  return check && ROW_OF_CHECK[check];
}
