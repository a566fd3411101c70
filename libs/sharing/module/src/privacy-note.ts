import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the privacy notice says of sharing with other bodies. */
export const sharingPrivacyNote: PrivacyNote = {
  id: 'sharing.exchanges',
  order: 520,
  purpose: { en: 'Asking another public body, so that you need not tell us again', cy: 'Gofyn i gorff cyhoeddus arall, fel na fydd angen i chi ddweud wrthym eto' },
  data: {
    en: 'The name under which we and the other body know you, which nobody else has. What you have allowed or stopped, and the receipts for it. What you say is wrong, what was answered, and who was told of it. What you have told once, to whom, and whether they have it. Why an officer looked. A record that something was asked or told, when, by whom, why and under which agreement: it does not say what was told, and has no name in it.',
    cy: 'Yr enw yr ydym ni a’r corff arall yn eich adnabod wrtho, nad oes gan neb arall mohono. Yr hyn a ganiatawyd neu a stopiwyd gennych, a’r derbynebau am hynny. Yr hyn yr ydych yn dweud ei fod yn anghywir, yr ateb, a phwy gafodd wybod amdano. Yr hyn a ddywedasoch unwaith, wrth bwy, ac a yw ganddynt. Pam yr edrychodd swyddog. Cofnod bod rhywbeth wedi’i ofyn neu ei ddweud, pryd, gan bwy, pam ac o dan ba gytundeb: nid yw’n dweud beth a ddywedwyd, ac nid oes enw ynddo.',
  },
  lawfulBasis: {
    en: 'Each agreement names its own basis and the law that allows it: the public register of agreements lists them. Unless the agreement says that the law leaves no choice, you can stop it at any time.',
    cy: 'Mae pob cytundeb yn enwi ei sail ei hun a’r gyfraith sy’n ei ganiatáu: mae’r gofrestr gyhoeddus o gytundebau yn eu rhestru. Oni bai bod y cytundeb yn dweud nad yw’r gyfraith yn rhoi dewis, gallwch ei stopio unrhyw bryd.',
  },
  keptFor: {
    en: 'What was answered is kept, sealed, for a day, so that the same question gets the same answer. What you chose and what you say is wrong are kept for as long as our record of you. What you told once, and what another body was told of something wrong, is kept for a year; why an officer looked, for six. What another body told us is kept as long as its agreement says. The record of what was asked stays for good as proof; when our record of you is erased, nothing that sharing keeps leads from you to it any more. Our record of what our officers did still names whom they did it for, for as long as we keep that record: it holds them to account.',
    cy: 'Cedwir yr hyn a atebwyd, dan sêl, am ddiwrnod, fel bod yr un cwestiwn yn cael yr un ateb. Cedwir eich dewisiadau a’r hyn yr ydych yn dweud ei fod yn anghywir cyhyd â’n cofnod ohonoch. Cedwir yr hyn a ddywedasoch unwaith, a’r hyn a ddywedwyd wrth gorff arall am rywbeth anghywir, am flwyddyn; pam yr edrychodd swyddog, am chwe blynedd. Cedwir yr hyn a ddywedodd corff arall wrthym cyhyd ag y mae ei gytundeb yn ei ddweud. Mae’r cofnod o’r hyn a ofynnwyd yn aros am byth fel prawf; pan gaiff ein cofnod ohonoch ei ddileu, nid oes dim y mae rhannu yn ei gadw yn arwain oddi wrthych chi ato mwyach. Mae ein cofnod o’r hyn a wnaeth ein swyddogion yn dal i enwi’r bobl y gwnaethant ef ar eu cyfer, cyhyd ag y byddwn yn cadw’r cofnod hwnnw: mae’n eu dal i gyfrif.',
  },
  sharedWith: {
    en: 'The public bodies with which we have an agreement, and only what the agreement names. You can see under “Your information” who asked what, and when.',
    cy: 'Y cyrff cyhoeddus y mae gennym gytundeb â nhw, a dim ond yr hyn y mae’r cytundeb yn ei enwi. Gallwch weld o dan “Eich gwybodaeth” pwy ofynnodd beth, a phryd.',
  },
};
