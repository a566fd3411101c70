/** What residents read of links between their records at two bodies. */
export const linkingEn = {
  back: 'Back',
  list: {
    title: 'Where you are linked', none: 'Your record here is linked with none at another public body.', introduction: 'Here we and another body know that a record of each is yours. Only we two know it, under a name that means nothing to anybody else.',
    'signed-in': 'Since {date}. You signed in at both.', 'exact-match': 'Since {date}. What you have proved here fits one record there and no other.', 'in-person': 'Since {date}. You proved it in person.', remove: 'Remove',
  },
  remove: {
    title: 'Remove your link with {body}?', what: 'From then on nothing can be asked or told about you between us and {body}, unless you link your records again. We tell them that it is removed.',
    kept: 'What was shared before stays where it is, and stays in “Who looked”.', button: 'Remove the link',
  },
  away: {
    title: 'Sign in at {body}', what: 'You leave this site and sign in at {body}, as you always do there. Then you say that it is you.', after: 'After that you come back here. Nothing is asked of them by this.', button: 'Go on to {body}',
  },
  visit: {
    title: 'Link your records here and at {body}?', what: '{body} and {own} will know that you are the same person, and nothing else by this.', choose: 'Nothing about you is shared by it. What may be shared stays your choice, and you can remove the link at both.',
    'not-you': 'If you did not come here from {body}, close this page: nothing happens.', button: 'Link my records', pressed: 'You have said that it is you', 'go-on': 'Go back to {body} now. Your records are linked when you are there.', continue: 'Go back to {body}',
  },
  not: {
    title: 'Your records were not linked', 'not-theirs': 'This was begun by somebody else, or too long ago, or it was used already.', 'not-linked': 'The other body did not confirm that it is you.', unreachable: 'The other body does not answer at the moment.',
    taken: 'Your record here, or the one there, is linked with another one already.', nothing: 'Nothing has changed, and nothing was shared.', 'go-on': 'Go on without it',
  },
} as const;

export const linkingCy: Translated<typeof linkingEn> = {
  back: 'Yn ôl',
  list: {
    title: 'Ble rydych wedi’ch cysylltu', none: 'Nid yw eich cofnod yma wedi’i gysylltu ag un mewn corff cyhoeddus arall.', introduction: 'Yma rydym ni a chorff arall yn gwybod bod cofnod gan y naill a’r llall yn perthyn i chi. Dim ond ni ein dau sy’n gwybod hynny, dan enw nad yw’n golygu dim i neb arall.',
    'signed-in': 'Ers {date}. Gwnaethoch fewngofnodi yn y ddau le.', 'exact-match': 'Ers {date}. Mae’r hyn rydych wedi’i brofi yma yn cyfateb i un cofnod yno a dim un arall.', 'in-person': 'Ers {date}. Gwnaethoch ei brofi wyneb yn wyneb.', remove: 'Dileu',
  },
  remove: {
    title: 'Dileu eich cysylltiad â {body}?', what: 'O hynny ymlaen ni ellir gofyn na dweud dim amdanoch rhyngom ni a {body}, oni bai eich bod yn cysylltu eich cofnodion eto. Byddwn yn dweud wrthynt ei fod wedi’i ddileu.',
    kept: 'Mae’r hyn a rannwyd o’r blaen yn aros lle y mae, ac yn aros yn “Pwy edrychodd”.', button: 'Dileu’r cysylltiad',
  },
  away: {
    title: 'Mewngofnodi yn {body}', what: 'Byddwch yn gadael y wefan hon ac yn mewngofnodi yn {body}, fel y byddwch bob amser yno. Yna byddwch yn dweud mai chi ydyw.', after: 'Wedi hynny byddwch yn dod yn ôl yma. Ni ofynnir dim iddynt drwy hyn.', button: 'Ymlaen i {body}',
  },
  visit: {
    title: 'Cysylltu eich cofnodion yma ac yn {body}?', what: 'Bydd {body} a {own} yn gwybod mai chi yw’r un person, a dim arall drwy hyn.', choose: 'Ni rennir dim amdanoch drwyddo. Eich dewis chi o hyd yw’r hyn y gellir ei rannu, a gallwch ddileu’r cysylltiad yn y ddau le.',
    'not-you': 'Os na ddaethoch yma o {body}, caewch y dudalen hon: ni fydd dim yn digwydd.', button: 'Cysylltu fy nghofnodion', pressed: 'Rydych wedi dweud mai chi ydyw', 'go-on': 'Ewch yn ôl i {body} nawr. Bydd eich cofnodion wedi’u cysylltu pan fyddwch yno.', continue: 'Yn ôl i {body}',
  },
  not: {
    title: 'Ni chysylltwyd eich cofnodion', 'not-theirs': 'Dechreuwyd hyn gan rywun arall, neu’n rhy bell yn ôl, neu mae wedi’i ddefnyddio eisoes.', 'not-linked': 'Ni chadarnhaodd y corff arall mai chi ydyw.', unreachable: 'Nid yw’r corff arall yn ateb ar hyn o bryd.',
    taken: 'Mae eich cofnod yma, neu’r un yno, wedi’i gysylltu ag un arall eisoes.', nothing: 'Nid oes dim wedi newid, ac ni rannwyd dim.', 'go-on': 'Ymlaen hebddo',
  },
};

type Translated<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : Translated<Words[Key]> };
