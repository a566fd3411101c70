import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of payments. */
export const privacyNote: PrivacyNote = {
  id: 'payments.taking',
  order: 300,
  purpose: { en: 'Taking your payment', cy: 'Cymryd eich taliad' },
  data: {
    en: 'What you paid for, how much, when, the kind of card and its last four digits. Your card details go to our payment provider: we never see them. Your email address is passed on for the provider’s receipt and then forgotten here.',
    cy: 'Am beth y taloch chi, faint, pryd, y math o gerdyn a’i bedwar digid olaf. Mae manylion eich cerdyn yn mynd at ein darparwr taliadau: nid ydym byth yn eu gweld. Caiff eich cyfeiriad e-bost ei drosglwyddo ar gyfer derbynneb y darparwr ac yna ei anghofio yma.',
  },
  lawfulBasis: {
    en: 'We do this to carry out what you have asked us for (article 6(1)(b)), and because the law makes us keep accounts (article 6(1)(c)).',
    cy: 'Rydym yn gwneud hyn i gyflawni’r hyn rydych wedi’i ofyn gennym (erthygl 6(1)(b)), ac am fod y gyfraith yn mynnu ein bod yn cadw cyfrifon (erthygl 6(1)(c)).',
  },
  keptFor: { en: 'Six years after the end of the financial year in which you paid.', cy: 'Chwe blynedd ar ôl diwedd y flwyddyn ariannol y taloch chi ynddi.' },
  sharedWith: { en: 'Our payment provider, and our auditors.', cy: 'Ein darparwr taliadau, a’n harchwilwyr.' },
};
