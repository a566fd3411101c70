import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of documents. */
export const documentsPrivacyNote: PrivacyNote = {
  id: 'documents.keeping',
  order: 40,
  purpose: { en: 'Photos and documents that you send', cy: 'Lluniau a dogfennau rydych yn eu hanfon' },
  data: {
    en: 'The photos and documents themselves. We take the place, the time and the camera out of photos as soon as they reach us, and never keep them.',
    cy: 'Y lluniau a’r dogfennau eu hunain. Rydym yn tynnu’r lle, yr amser a’r camera o luniau cyn gynted ag y byddant yn ein cyrraedd, ac nid ydym byth yn eu cadw.',
  },
  lawfulBasis: {
    en: 'We need them to do what you ask of us, which is our task by law (article 6(1)(e)).',
    cy: 'Mae arnom eu hangen i wneud yr hyn rydych yn ei ofyn gennym, sy’n dasg inni yn ôl y gyfraith (erthygl 6(1)(e)).',
  },
  keptFor: {
    en: 'As long as the request that you sent them with. What you do not send in the end is deleted after a day, or with your draft.',
    cy: 'Cyhyd â’r cais yr anfonoch nhw gydag ef. Caiff yr hyn na fyddwch yn ei anfon yn y diwedd ei ddileu ar ôl diwrnod, neu gyda’ch drafft.',
  },
};
