import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of reports that come through other systems. */
export const open311PrivacyNote: PrivacyNote = {
  id: 'open311.reports',
  order: 520,
  purpose: { en: 'Reports that you send through another site, like FixMyStreet', cy: 'Adroddiadau rydych yn eu hanfon drwy safle arall, fel FixMyStreet' },
  data: {
    en: 'What you reported there and where it is, your photos, and your name and how to reach you, if that site passes them on. We tell that site what we do about your report.',
    cy: 'Yr hyn y rhoesoch wybod amdano yno a ble mae, eich lluniau, a’ch enw a sut i gysylltu â chi, os yw’r safle hwnnw’n eu trosglwyddo. Rydym yn dweud wrth y safle hwnnw beth rydym yn ei wneud am eich adroddiad.',
  },
  lawfulBasis: {
    en: 'We need it to deal with your report, which is our task by law (article 6(1)(e)).',
    cy: 'Mae arnom ei angen i ddelio â’ch adroddiad, sy’n dasg inni yn ôl y gyfraith (erthygl 6(1)(e)).',
  },
  keptFor: { en: 'As long as the report itself.', cy: 'Cyhyd â’r adroddiad ei hun.' },
  sharedWith: {
    en: 'The site through which you reported: that it may show what became of your report.',
    cy: 'Y safle y defnyddioch i roi gwybod: er mwyn iddo allu dangos beth ddigwyddodd i’ch adroddiad.',
  },
};
