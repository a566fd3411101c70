import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of messages. */
export const messagesPrivacyNote: PrivacyNote = {
  id: 'notifications.messages',
  order: 400,
  purpose: { en: 'Sending you messages', cy: 'Anfon negeseuon atoch' },
  data: {
    en: 'Your name, the email address, mobile number or postal address that a message went to, and what it said. How you wish to hear from us, and that you have stopped news.',
    cy: 'Eich enw, y cyfeiriad e-bost, y rhif ffôn symudol neu’r cyfeiriad post yr aeth neges iddo, a’r hyn a ddywedai. Sut yr hoffech glywed gennym, a’ch bod wedi stopio newyddion.',
  },
  lawfulBasis: {
    en: 'We do this as part of the public task that the message is about (article 6(1)(e)).',
    cy: 'Rydym yn gwneud hyn fel rhan o’r dasg gyhoeddus y mae’r neges yn ymwneud â hi (erthygl 6(1)(e)).',
  },
  keptFor: {
    en: 'What a message said is kept for one year at most, and the fact that it was sent for two. Codes to sign in are wiped as soon as they have been sent. What you chose is kept until you choose otherwise.',
    cy: 'Cedwir yr hyn a ddywedai neges am flwyddyn ar y mwyaf, a’r ffaith iddi gael ei hanfon am ddwy. Caiff codau mewngofnodi eu dileu cyn gynted ag y cânt eu hanfon. Cedwir yr hyn a ddewisoch nes i chi ddewis yn wahanol.',
  },
  sharedWith: {
    en: 'The company that carries the message: our email, text message or letter provider.',
    cy: 'Y cwmni sy’n cludo’r neges: ein darparwr e-bost, negeseuon testun neu lythyrau.',
  },
};
