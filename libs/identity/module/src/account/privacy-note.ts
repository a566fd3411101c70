import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import { providersOf } from '@guildhall/kernel';
import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of accounts. */
export const privacyNote: PrivacyNote = {
  id: 'identity.account',
  order: 100,
  isSo: (ctx) => providersOf(ctx, RESIDENT_SIGN_IN).length > 0,
  purpose: { en: 'Your account', cy: 'Eich cyfrif' },
  data: {
    en: 'Your name, your email address or telephone number, your postal address if you gave it or proved it when you signed in, your date of birth if you proved it when you signed in, the language that you want us to write in, when and with what kind of device you signed in. If an adviser acted for you: on what authority, and how we checked who you are.',
    cy: 'Eich enw, eich cyfeiriad e-bost neu’ch rhif ffôn, eich cyfeiriad post os rhoddoch ef neu os profwyd ef wrth i chi fewngofnodi, eich dyddiad geni os profwyd ef wrth i chi fewngofnodi, yr iaith rydych am i ni ysgrifennu ynddi, pryd a chyda pha fath o ddyfais y gwnaethoch fewngofnodi. Os gwnaeth ymgynghorydd weithredu ar eich rhan: ar ba awdurdod, a sut y gwnaethom wirio pwy ydych chi.',
  },
  lawfulBasis: {
    en: 'We do this to carry out our public tasks, so that only you can see what you asked us for (article 6(1)(e)).',
    cy: 'Rydym yn gwneud hyn i gyflawni ein tasgau cyhoeddus, fel mai dim ond chi sy’n gallu gweld yr hyn y gofynnoch i ni amdano (erthygl 6(1)(e)).',
  },
  keptFor: {
    en: 'For as long as you have the account. Codes that we sent you, and the addresses they went to, are deleted a day after they stopped working.',
    cy: 'Cyhyd ag y bydd gennych y cyfrif. Caiff y codau a anfonwyd atoch, a’r cyfeiriadau yr aethant iddynt, eu dileu ddiwrnod ar ôl iddynt beidio â gweithio.',
  },
};
