import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of requests for rights. */
export const privacyNote: PrivacyNote = {
  id: 'information-rights.answering',
  order: 900,
  purpose: { en: 'Answering you when you use your rights over your data', cy: 'Eich ateb pan fyddwch yn defnyddio eich hawliau dros eich data' },
  data: { en: 'What you have asked for, when, and what we answered; and the copy that we made for you, locked with a key.', cy: 'Yr hyn rydych wedi gofyn amdano, pryd, a’r hyn a atebom; a’r copi a wnaethom i chi, wedi’i gloi ag allwedd.' },
  lawfulBasis: { en: 'The law obliges us to (article 6(1)(c)).', cy: 'Mae’r gyfraith yn ein rhwymo i wneud hynny (erthygl 6(1)(c)).' },
  keptFor: { en: 'The copy for 30 days, your request for three years after our answer.', cy: 'Y copi am 30 diwrnod, eich cais am dair blynedd ar ôl ein hateb.' },
};
