import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of payments that another council takes. */
export const privacyNote: PrivacyNote = {
  id: 'payments.taking',
  order: 300,
  purpose: { en: 'Taking your payment', cy: 'Cymryd eich taliad' },
  data: {
    en: 'What you pay for, how much, when, the kind of card and its last four digits. Another council takes payments for us and keeps this for us. Your card details go to its payment provider: neither of us ever sees them. Your email address is passed on for the provider’s receipt and then forgotten.',
    cy: 'Am beth rydych yn talu, faint, pryd, y math o gerdyn a’i bedwar digid olaf. Mae cyngor arall yn cymryd taliadau ar ein rhan ac yn cadw hyn i ni. Mae manylion eich cerdyn yn mynd at ei ddarparwr taliadau: nid yw’r naill na’r llall ohonom byth yn eu gweld. Caiff eich cyfeiriad e-bost ei drosglwyddo ar gyfer derbynneb y darparwr ac yna ei anghofio.',
  },
  lawfulBasis: {
    en: 'We do this to carry out what you have asked us for (article 6(1)(b)), and because the law makes us keep accounts (article 6(1)(c)).',
    cy: 'Rydym yn gwneud hyn i gyflawni’r hyn rydych wedi’i ofyn gennym (erthygl 6(1)(b)), ac am fod y gyfraith yn mynnu ein bod yn cadw cyfrifon (erthygl 6(1)(c)).',
  },
  keptFor: { en: 'Six years after the end of the financial year in which you paid.', cy: 'Chwe blynedd ar ôl diwedd y flwyddyn ariannol y taloch chi ynddi.' },
  sharedWith: { en: 'The council that takes payments for us, its payment provider, and our auditors. It acts for us, under a contract.', cy: 'Y cyngor sy’n cymryd taliadau ar ein rhan, ei ddarparwr taliadau, a’n harchwilwyr. Mae’n gweithredu ar ein rhan, o dan gontract.' },
};
