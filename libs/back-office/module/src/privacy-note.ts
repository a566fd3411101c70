import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of cases that another system works on. */
export const backOfficePrivacyNote: PrivacyNote = {
  id: 'back-office.hand-over',
  order: 530,
  purpose: { en: 'Work that another system, or a contractor of ours, does on your report or request', cy: 'Gwaith y mae system arall, neu gontractwr i ni, yn ei wneud ar eich adroddiad neu’ch cais' },
  data: {
    en: 'What you told us about the problem and where it is. Your photos of it, your name and how to reach you only where they need it to do the work.',
    cy: 'Yr hyn a ddywedoch wrthym am y broblem a ble mae. Eich lluniau ohoni, eich enw a sut i gysylltu â chi dim ond lle mae eu hangen arnynt i wneud y gwaith.',
  },
  lawfulBasis: {
    en: 'We need it to deal with your report or request, which is our task by law (article 6(1)(e)).',
    cy: 'Mae arnom ei angen i ddelio â’ch adroddiad neu’ch cais, sy’n dasg inni yn ôl y gyfraith (erthygl 6(1)(e)).',
  },
  keptFor: { en: 'As long as the report or request itself.', cy: 'Cyhyd â’r adroddiad neu’r cais ei hun.' },
  sharedWith: {
    en: 'Those who do the work: the team or the contractor whose system it is.',
    cy: 'Y rhai sy’n gwneud y gwaith: y tîm neu’r contractwr y mae’r system yn eiddo iddo.',
  },
};
