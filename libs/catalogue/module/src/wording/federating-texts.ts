/** What people read of feeds that are followed, of conflicts, and of assurance. */
export const federatingTexts = {
  en: {
    feeds: {
      title: 'Other catalogues that this one follows', introduction: 'What they list is proved and listed here by the same rules. It stays here when they cannot be reached.', none: 'This catalogue follows no other.',
      feed: 'Feed', entries: 'Entries read', heard: 'Last heard', state: 'State', never: 'Never',
      states: { new: 'Not read yet', heard: 'Read', silent: 'Cannot be read at the moment', alarm: 'Contradicts itself: nothing is taken from it' },
      since: 'Not heard since {date}', alarms: { forked: 'It has signed two histories of its log.', shrunk: 'It has signed a log that is shorter than before.' }, 'alarm-at': 'Found on {date}. Both signed notes are kept as proof:',
      conflicts: 'In what they differ', 'conflicts-text': 'None of this is listed here, or it is listed here and not there. People decide: nothing is resolved by itself.', 'no-conflicts': 'They differ in nothing.', about: 'About', what: 'What differs', found: 'Found',
      own: 'Follow this catalogue', 'own-text': 'The name of its feed and its key. Compare the key with the people who keep this catalogue before you follow it.', news: 'News of this catalogue, for a news reader:', atom: 'Atom', json: 'JSON Feed',
    },
    assurance: {
      title: 'Who has looked at what', introduction: 'By principle of the National Cyber Security Centre. Who signed is shown; what it is worth to your council, your council’s own policy works out.', none: 'Nobody has handed in an assessment.',
      by: 'Found by', of: 'Of', result: 'Found', until: 'Holds until', over: 'no longer holds', counter: 'What is said against it', signed: 'Download what was signed',
      results: { met: 'Met', 'partly-met': 'Partly met', 'not-met': 'Not met' }, caption: '{title}: what was found',
    },
    news: { title: 'News of {name}', 'title-of': 'News of {package}', released: '{package} {version} released', deprecation: '{package}: no longer recommended', advisory: '{package}: safety advisory', withdrawal: '{package}: withdrawn', removed: { release: '{about} {version} is listed no more', publisher: '{about} was put out', notice: 'A notice about {about} was taken off', assessment: 'An assessment of {about} was taken off' } },
  },
  cy: {
    feeds: {
      title: 'Catalogau eraill y mae hwn yn eu dilyn', introduction: 'Caiff yr hyn y maent yn ei restru ei brofi a’i restru yma yn ôl yr un rheolau. Mae’n aros yma pan na ellir eu cyrraedd.', none: 'Nid yw’r catalog hwn yn dilyn un arall.',
      feed: 'Ffrwd', entries: 'Cofnodion a ddarllenwyd', heard: 'Clywyd ddiwethaf', state: 'Cyflwr', never: 'Heb ei chlywed erioed',
      states: { new: 'Heb ei darllen eto', heard: 'Wedi’i darllen', silent: 'Ni ellir ei darllen ar hyn o bryd', alarm: 'Mae’n gwrth-ddweud ei hun: ni chymerir dim ohoni' },
      since: 'Heb ei chlywed ers {date}', alarms: { forked: 'Mae wedi llofnodi dau hanes o’i chofnod.', shrunk: 'Mae wedi llofnodi cofnod sy’n fyrrach nag o’r blaen.' }, 'alarm-at': 'Canfuwyd ar {date}. Cedwir y ddau nodyn a lofnodwyd fel prawf:',
      conflicts: 'Ym mha beth y maent yn wahanol', 'conflicts-text': 'Nid yw dim o hyn wedi’i restru yma, neu mae wedi’i restru yma ac nid yno. Pobl sy’n penderfynu: ni chaiff dim ei ddatrys ohono’i hun.', 'no-conflicts': 'Nid ydynt yn wahanol mewn dim.', about: 'Ynghylch', what: 'Yr hyn sy’n wahanol', found: 'Canfuwyd',
      own: 'Dilyn y catalog hwn', 'own-text': 'Enw ei ffrwd a’i hallwedd. Cymharwch yr allwedd â’r bobl sy’n cadw’r catalog hwn cyn ichi ei ddilyn.', news: 'Newyddion y catalog hwn, i ddarllenydd newyddion:', atom: 'Atom', json: 'JSON Feed',
    },
    assurance: {
      title: 'Pwy sydd wedi edrych ar beth', introduction: 'Yn ôl egwyddor y Ganolfan Seiberddiogelwch Genedlaethol. Dangosir pwy a lofnododd; polisi eich cyngor chi sy’n pennu ei werth i’ch cyngor.', none: 'Nid oes neb wedi cyflwyno asesiad.',
      by: 'Canfuwyd gan', of: 'O', result: 'Canfuwyd', until: 'Yn ddilys hyd', over: 'ddim yn ddilys mwyach', counter: 'Yr hyn a ddywedir yn ei erbyn', signed: 'Lawrlwytho’r hyn a lofnodwyd',
      results: { met: 'Wedi’i bodloni', 'partly-met': 'Wedi’i bodloni’n rhannol', 'not-met': 'Heb ei bodloni' }, caption: '{title}: yr hyn a ganfuwyd',
    },
    news: { title: 'Newyddion {name}', 'title-of': 'Newyddion {package}', released: 'Rhyddhawyd {package} {version}', deprecation: '{package}: nid argymhellir mwyach', advisory: '{package}: rhybudd diogelwch', withdrawal: '{package}: wedi’i dynnu’n ôl', removed: { release: 'Nid yw {about} {version} wedi’i restru mwyach', publisher: 'Cafodd {about} ei ddiarddel', notice: 'Tynnwyd hysbysiad am {about} oddi ar y rhestr', assessment: 'Tynnwyd asesiad o {about} oddi ar y rhestr' } },
  },
} as const;
