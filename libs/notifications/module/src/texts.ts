import { defineDeskTexts, defineTexts } from '@guildhall/kernel-contract';

/** What residents read, and developers at the outbox. */
export const notificationsTexts = defineTexts({
  en: {
    account: {
      title: 'Messages from us',
      all: 'See all your messages',
      back: 'Back to your account',
      'back-to-all': 'Back to all your messages',
      none: 'We have not sent you any messages yet. When we do, you will find a copy of them here.',
      introduction: 'These are the messages that we have sent you. Sign-in codes are not kept.',
      'sent-to': 'Sent to',
      sent: 'Date',
      by: 'How',
      what: 'Message',
      state: 'What happened',
      'not-kept': 'The words of this message are no longer kept.',
      'kept-secret': 'This message held a code to let you in, so its words were not kept.',
      'wrong-address': 'If this is not your address any more, tell us: change it under “Your information”, or call {telephone}.',
    },
    channel: { email: 'Email', sms: 'Text message', letter: 'Letter' },
    state: { created: 'About to be sent', sending: 'Sent', sent: 'Sent', delivered: 'Delivered', failed: 'Could not be delivered' },
    outbox: {
      title: 'Outbox', 'page-title': 'Outbox: what would have been sent',
      introduction: 'This app keeps its messages here instead of sending them.',
      none: 'Nothing has been sent yet. Do something that sends a message, then load this page again.',
      filter: 'Show only messages to', 'filter-hint': 'A whole email address, or a mobile number', show: 'Show', everything: 'Show everything', 'none-to': 'Nothing has been sent to {to}.',
      to: 'To', when: 'When', back: 'Back to the outbox', 'as-html': 'See it as a mail program shows it', fragments: '{count, plural, one {# text message} other {# text messages}} of {characters} characters ({alphabet})', alphabet: { gsm: 'plain letters', unicode: 'letters beyond the plain ones, so it is shorter' },
      language: 'Language', languages: { en: 'English', cy: 'Welsh', both: 'Welsh and English' },
    },
  },
  cy: {
    account: {
      title: 'Negeseuon gennym ni',
      all: 'Gweld eich holl negeseuon',
      back: 'Yn ôl i’ch cyfrif',
      'back-to-all': 'Yn ôl i’ch holl negeseuon',
      none: 'Nid ydym wedi anfon unrhyw negeseuon atoch eto. Pan fyddwn yn gwneud hynny, bydd copi ohonynt yma.',
      introduction: 'Dyma’r negeseuon yr ydym wedi’u hanfon atoch. Nid yw codau mewngofnodi’n cael eu cadw.',
      'sent-to': 'Anfonwyd at',
      sent: 'Dyddiad',
      by: 'Sut',
      what: 'Neges',
      state: 'Beth ddigwyddodd',
      'not-kept': 'Nid yw geiriau’r neges hon yn cael eu cadw mwyach.',
      'kept-secret': 'Roedd cod i’ch gadael i mewn yn y neges hon, felly ni chadwyd ei geiriau.',
      'wrong-address': 'Os nad dyma’ch cyfeiriad mwyach, rhowch wybod i ni: newidiwch ef o dan “Eich gwybodaeth”, neu ffoniwch {telephone}.',
    },
    channel: { email: 'E-bost', sms: 'Neges destun', letter: 'Llythyr' },
    state: { created: 'Ar fin cael ei hanfon', sending: 'Anfonwyd', sent: 'Anfonwyd', delivered: 'Cyrhaeddodd', failed: 'Nid oedd modd ei chyflwyno' },
    outbox: {
      title: 'Blwch anfon', 'page-title': 'Blwch anfon: yr hyn a fyddai wedi’i anfon',
      introduction: 'Mae’r ap hwn yn cadw ei negeseuon yma yn hytrach na’u hanfon.',
      none: 'Nid oes dim wedi’i anfon eto. Gwnewch rywbeth sy’n anfon neges, yna llwythwch y dudalen hon eto.',
      filter: 'Dangos negeseuon at hwn yn unig', 'filter-hint': 'Cyfeiriad e-bost cyfan, neu rif ffôn symudol', show: 'Dangos', everything: 'Dangos popeth', 'none-to': 'Nid oes dim wedi’i anfon at {to}.',
      to: 'At', when: 'Pryd', back: 'Yn ôl i’r blwch anfon', 'as-html': 'Gweld y neges fel y mae rhaglen e-bost yn ei dangos', fragments: '{count, plural, one {# neges destun} two {# neges destun} other {# neges destun}} o {characters} nod ({alphabet})', alphabet: { gsm: 'llythrennau cyffredin', unicode: 'llythrennau y tu hwnt i’r rhai cyffredin, felly mae’n fyrrach' },
      language: 'Iaith', languages: { en: 'Saesneg', cy: 'Cymraeg', both: 'Cymraeg a Saesneg' },
    },
  },
});

/** What officers read. */
export const notificationsDeskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Failed messages',
      title: 'Messages that did not arrive',
      introduction: 'Somebody is waiting for these. Send each again; or open it, tell the person another way, and mark it as dealt with.',
      none: 'Every message has arrived or is on its way. When one fails for good, it appears here.',
      when: 'Failed', message: 'Message', to: 'To', how: 'How', why: 'Why', tries: 'Tries', actions: 'Actions',
      open: 'Open', 'open-named': 'Open “{title}”',
      'tries-count': '{count, plural, one {# try} other {# tries}}',
      retry: 'Send again', 'deal-with': 'Mark as dealt with',
      back: 'Back to messages that did not arrive',
      'see-case': 'See the case', created: 'Written', sent: 'Sent', state: 'State', language: 'Language', 'dealt-with': 'Dealt with', code: 'Code',
      words: 'What it says', 'no-words': 'The words are no longer kept.', 'secret-words': 'It held a code that lets somebody in, so its words are not kept. A new one must be asked for.',
      'not-retryable': 'This message cannot be sent again: it has not failed, or its words are no longer kept.',
      'sent-again': 'The message will be sent again now.', 'marked': 'The message is marked as dealt with.',
      older: 'Older failures',
      language_en: 'English', language_cy: 'Welsh', language_both: 'Welsh and English',
      failure: { temporary: 'Inbox full, phone off, or busy', permanent: 'There is no such address', technical: 'A fault between us and the provider' },
      expired: 'It could not be sent in time',
    },
  },
});
