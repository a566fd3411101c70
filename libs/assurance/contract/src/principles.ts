import type { Text } from '@guildhall/kernel-contract';
import type { AssuranceLevel } from '@guildhall/sharing-contract';

/** Its name in agreements and assessments. @public */
export const NCSC_CLOUD_PRINCIPLES = 'ncsc-csp';

/** Who has looked, after “by”. */
export const LEVEL_WORDS: Readonly<Record<AssuranceLevel, Text>> = {
  self: { en: 'anybody', cy: 'unrhyw un' }, peer: { en: 'another body', cy: 'gorff arall' }, 'third-party': { en: 'somebody independent', cy: 'rywun annibynnol' }, accredited: { en: 'somebody accredited', cy: 'rywun achrededig' },
};
