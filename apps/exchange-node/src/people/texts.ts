import { defineDeskTexts, defineTexts } from '@guildhall/kernel-contract';

/** What somebody reads in their copy. */
export const texts = defineTexts({
  en: {
    copy: {
      title: 'What we keep about you for sharing with other bodies', made: '{reference}. Made on {made}.',
      what: 'This is everything that our exchange with other public bodies keeps about you: with which bodies you are linked, what you chose, who asked about you and what they were told, and what our registers would tell. Names of officers are left out. What else stands in our registers is in the copy that their own teams give you.',
      rights: 'You can have what is wrong put right, ask us to erase what we need not keep, and object to its use.',
      complain: 'If you are not content, tell us: {telephone}, {email}. You can also complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.',
      nothing: 'We keep nothing of this kind.', from: 'From', since: 'Since {date}.', kept: 'If you ask us to erase it: we keep it, because {because}.', 'kept-until': 'If you ask us to erase it: we keep it until {until}, because {because}.', erasable: 'If you ask us to erase it: it can be erased.', yes: 'Yes', no: 'No',
    },
  },
  cy: {
    copy: {
      title: 'Yr hyn rydym yn ei gadw amdanoch ar gyfer rhannu â chyrff eraill', made: '{reference}. Gwnaed {made}.',
      what: 'Dyma bopeth y mae ein cyfnewidfa â chyrff cyhoeddus eraill yn ei gadw amdanoch: â pha gyrff rydych wedi’ch cysylltu, yr hyn a ddewisoch, pwy ofynnodd amdanoch a’r hyn a ddywedwyd wrthynt, a’r hyn y byddai ein cofrestrau’n ei ddweud. Mae enwau swyddogion wedi’u gadael allan. Mae’r hyn arall sydd yn ein cofrestrau yn y copi y mae eu timau eu hunain yn ei roi ichi.',
      rights: 'Gallwch gael cywiro’r hyn sy’n anghywir, gofyn inni ddileu’r hyn nad oes angen inni ei gadw, a gwrthwynebu ei ddefnyddio.',
      complain: 'Os nad ydych yn fodlon, rhowch wybod inni: {telephone}, {email}. Gallwch hefyd gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.',
      nothing: 'Nid ydym yn cadw dim o’r math hwn.', from: 'Gan', since: 'Ers {date}.', kept: 'Os gofynnwch inni ei ddileu: rydym yn ei gadw, oherwydd {because}.', 'kept-until': 'Os gofynnwch inni ei ddileu: rydym yn ei gadw tan {until}, oherwydd {because}.', erasable: 'Os gofynnwch inni ei ddileu: gellir ei ddileu.', yes: 'Ydy', no: 'Nac ydy',
    },
  },
});

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'People’s data rights', title: 'People’s data rights', introduction: 'When somebody asks for a copy of what is kept about them, or for its erasure, find them here by their id in your register. This is what is kept for sharing: links, choices, who asked and what was told. The register itself is its own team’s.',
      id: 'Their id in the register', 'id-hint': 'As it stands there: P-1042. Make sure first that it is they who ask.', 'error-id': 'Enter the id, of up to 200 characters', show: 'Show what is kept',
      'person-title': 'What is kept of {id}', back: 'Somebody else', none: 'Nothing of this kind', what: 'What', 'on-erasure': 'If they ask for erasure', erasable: 'It is erased', kept: 'It is kept, because {because}', until: 'until {until}',
      'copy-title': 'Give them a copy', 'copy-text': 'With everything that is kept, for you to print or send.', language: 'Language of the copy to be read', english: 'English', welsh: 'Welsh', pdf: 'Download to be read (PDF)', json: 'Download for machines (JSON)',
      'erase-title': 'Erase what is kept', 'erase-text': 'Have a copy first if they want one. You are asked again before anything is erased.', erase: 'Erase',
      'confirm-title': 'Erase what is kept of {id}?', 'confirm-text': 'Their links with other bodies end, and nobody can say any more whose the marks in the log are. It cannot be undone. Each body with which they were linked is told, and must erase what it can.', confirm: 'Yes, erase it', cancel: 'Cancel',
      'erased-title': 'Erased', 'erased-text': '{count} things were erased. Write down {reference}: the audit has it by this reference.', 'kept-title': 'What the law keeps', 'erased-register': 'What your register itself has is not changed. Its own team decides on that.',
    },
  },
});
