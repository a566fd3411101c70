import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read of documents. */
export const documentsTexts = defineTexts({
  en: {
    'link-over': { title: 'The time of this link is over', what: 'It showed a photo or document for a short time, and shows nothing any more. Go back to where you found it, or ask whoever gave it to you for a new one.' },
    refusal: {
      empty: 'The selected file is empty',
      'too-large': 'The selected file must be smaller than 10 MB',
      'type-not-allowed': 'The selected file must be a photo, such as a JPG, PNG or WebP',
      unreadable: 'The selected file is damaged or incomplete. Take or choose another photo',
      'too-many-pixels': 'The selected photo is too large. Choose one with fewer pixels',
      infected: 'The selected file contains a virus. Choose another one',
      'too-many': 'You have added as many files as we can take. Remove one before you add another',
    },
  },
  cy: {
    'link-over': { title: 'Mae amser y ddolen hon ar ben', what: 'Roedd yn dangos llun neu ddogfen am gyfnod byr, ac nid yw’n dangos dim mwyach. Ewch yn ôl i’r man lle cawsoch hi, neu gofynnwch i bwy bynnag a’i rhoddodd ichi am un newydd.' },
    refusal: {
      empty: 'Mae’r ffeil a ddewiswyd yn wag',
      'too-large': 'Rhaid i’r ffeil a ddewiswyd fod yn llai na 10 MB',
      'type-not-allowed': 'Rhaid i’r ffeil a ddewiswyd fod yn llun, er enghraifft JPG, PNG neu WebP',
      unreadable: 'Mae’r ffeil a ddewiswyd wedi’i difrodi neu’n anghyflawn. Tynnwch neu dewiswch lun arall',
      'too-many-pixels': 'Mae’r llun a ddewiswyd yn rhy fawr. Dewiswch un â llai o bicseli',
      infected: 'Mae firws yn y ffeil a ddewiswyd. Dewiswch un arall',
      'too-many': 'Rydych wedi ychwanegu cynifer o ffeiliau ag y gallwn eu derbyn. Tynnwch un cyn ychwanegu un arall',
    },
  },
});
