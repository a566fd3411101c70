import type { Text } from '@guildhall/kernel-contract';
import type { AssuranceLevel } from '@guildhall/sharing-contract';

/** The fourteen cloud security principles of the National Cyber Security Centre, by their number. @public */
export const NCSC_PRINCIPLES: Readonly<Record<string, Text>> = {
  1: { en: 'Data in transit protection', cy: 'Diogelu data wrth eu trosglwyddo' },
  2: { en: 'Asset protection and resilience', cy: 'Diogelu asedau a gwydnwch' },
  3: { en: 'Separation between customers', cy: 'Gwahanu cwsmeriaid' },
  4: { en: 'Governance framework', cy: 'Fframwaith llywodraethu' },
  5: { en: 'Operational security', cy: 'Diogelwch gweithredol' },
  6: { en: 'Personnel security', cy: 'Diogelwch personél' },
  7: { en: 'Secure development', cy: 'Datblygu diogel' },
  8: { en: 'Supply chain security', cy: 'Diogelwch y gadwyn gyflenwi' },
  9: { en: 'Secure user management', cy: 'Rheoli defnyddwyr yn ddiogel' },
  10: { en: 'Identity and authentication', cy: 'Hunaniaeth a dilysu' },
  11: { en: 'External interface protection', cy: 'Diogelu rhyngwynebau allanol' },
  12: { en: 'Secure service administration', cy: 'Gweinyddu’r gwasanaeth yn ddiogel' },
  13: { en: 'Audit information and alerting for customers', cy: 'Gwybodaeth archwilio a rhybuddion i gwsmeriaid' },
  14: { en: 'Secure use of the service', cy: 'Defnyddio’r gwasanaeth yn ddiogel' },
};
/** Its name in agreements and assessments. @public */
export const NCSC_CLOUD_PRINCIPLES = 'ncsc-csp';

/** Who has looked, after “by”. */
export const LEVEL_WORDS: Readonly<Record<AssuranceLevel, Text>> = {
  self: { en: 'anybody', cy: 'unrhyw un' }, peer: { en: 'another body', cy: 'gorff arall' }, 'third-party': { en: 'somebody independent', cy: 'rywun annibynnol' }, accredited: { en: 'somebody accredited', cy: 'rywun achrededig' },
};
