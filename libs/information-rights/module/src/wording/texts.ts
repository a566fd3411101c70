import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read. */
export const texts = defineTexts({
  en: {
    account: { title: 'Your data rights', text: 'You can have a copy of everything that we hold about you, and ask us to erase it.', link: 'Use your rights over your data' },
    kinds: { access: 'A copy of your data', erasure: 'Erasing your data' },
    states: { preparing: 'Being prepared', 'to-read': 'Being prepared', ready: 'Ready', expired: 'No longer here', 'to-decide': 'Being decided', erasing: 'Being carried out', erased: 'Done', refused: 'Refused' },
    data: {
      title: 'Your data rights', back: 'Back to your account',
      'copy-title': 'Have a copy of your data', 'copy-text': 'We put together everything that we hold about you: to be read, and as a file that other systems can read.', 'copy-link': 'Ask for a copy',
      'erase-title': 'Have your data erased', 'erase-text': 'Some things we have to keep, because a law says so. We tell you of each one what becomes of it and why.', 'erase-link': 'Ask for erasure',
      'wrong-title': 'Something is wrong', 'wrong-text': 'You can change your details in your account yourself. Tell us of anything else that is wrong:', yours: 'What you have asked for', asked: 'You asked on {date}.',
    },
    ask: {
      access: { title: 'Ask for a copy of your data', text: 'You do not have to say why, and it costs nothing.', what: 'We begin at once. Usually the copy is ready within minutes. Where somebody else may be named in it, an officer reads it first. You get it within one month.', where: 'You download it in your account, for 30 days. We tell you when it is ready.', button: 'Ask for a copy' },
      erasure: { title: 'Ask us to erase your data', text: 'An officer decides on each thing that we hold. We erase what no law and no open request needs.', what: 'Before anything is erased you get a list: what is erased, and what is kept because of what and until when. You get it within one month.', where: 'When your account is erased you are signed out and cannot sign in to it again. Have a copy first, if you want one. What is erased cannot be brought back.', button: 'Ask for erasure' },
      back: 'Back to your data rights', cancel: 'Do not ask',
    },
    request: {
      'title-access': 'Your copy: {reference}', 'title-erasure': 'Your request for erasure: {reference}', back: 'Back to your data rights',
      'access-preparing': 'We are putting it together. We answer by {due}.', 'access-to-read': 'An officer reads it before you get it, because somebody else may be named in it. We answer by {due}.', 'access-ready': 'Your copy is ready. You can download it until {until}.', 'access-expired': 'The copy is no longer here. You can ask for a new one at any time.',
      'erasure-preparing': 'We are listing what we hold. We answer by {due}.', 'erasure-to-decide': 'An officer is deciding on each thing that we hold. We answer by {due}.', 'erasure-erasing': 'It is decided, and is being carried out.', 'erasure-erased': 'It is done. This is what became of each thing.', refused: 'We have refused your request. Why is written below.',
      paused: 'The time stands still until we have heard from you. What we need is written below.', pdf: 'Download to read (PDF)', json: 'Download for other systems (JSON)', steps: 'What has happened', items: 'What we hold, and what becomes of it', since: 'Since {date}',
      complain: 'If you are not content with our answer, tell us. You can also complain to the Information Commissioner, on 0303 123 1113, or go to court.', commissioner: 'Complain to the Information Commissioner',
    },
    steps: { asked: 'You asked', 'paused-identity': 'We asked who you are', 'paused-clarification': 'We asked what you mean', resumed: 'We had your answer', extended: 'We took two more months', ready: 'Your copy was ready', decided: 'We decided', erased: 'It was carried out', refused: 'We refused', expired: 'The copy was removed' },
    items: { erased: 'Erased', 'to-be-erased': 'Is being erased', kept: 'Kept, because {because}', 'kept-until': 'Kept until {until}, because {because}', 'worked-on': 'it is still being worked on' },
    news: {
      'paused-identity': 'We need to be sure who you are before we go on with your request. The time in which we must answer begins when we know.', 'paused-clarification': 'We need to know more of what you are asking for. The time in which we must answer stands still until then.', resumed: 'We have what we needed, and go on. We answer by {due}.',
      extended: 'We need two more months for your request. We answer by {due}.', refused: 'We have refused your request.', ready: 'The copy of your data is ready. You can download it in your account for 30 days.', decided: 'We have decided on your request for erasure. This is what becomes of each thing that we hold:',
    },
    copy: {
      title: 'What we hold about you', made: 'Request {reference} of {asked}. Made on {made}.', what: 'This is everything that we hold about you in the systems behind your account, and what our officers have written about it. Names of officers, and what is about other people, are left out.',
      why: 'Why we hold each thing, by what law and how long is written in our privacy notice.', 'who-else': 'Who else was told something about you, and why, stands in your account under “Your information”.', rights: 'You can have what is wrong put right, ask us to erase what we need not keep, and object to its use.',
      complain: 'If you are not content, tell us. You can also complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.', nothing: 'We hold nothing of this kind.', from: 'From', since: 'Since {date}.', kept: 'If you ask us to erase it: we keep it, because {because}.', 'kept-until': 'If you ask us to erase it: we keep it until {until}, because {because}.', erasable: 'If you ask us to erase it: it can be erased.',
      'left-out': 'This is left out, because it is about somebody else.', yes: 'Yes', no: 'No',
    },
  },
  cy: {
    account: { title: 'Eich hawliau data', text: 'Gallwch gael copi o bopeth rydym yn ei ddal amdanoch, a gofyn inni ei ddileu.', link: 'Defnyddio eich hawliau dros eich data' },
    kinds: { access: 'Copi o’ch data', erasure: 'Dileu eich data' },
    states: { preparing: 'Yn cael ei baratoi', 'to-read': 'Yn cael ei baratoi', ready: 'Yn barod', expired: 'Ddim yma mwyach', 'to-decide': 'Yn cael ei benderfynu', erasing: 'Yn cael ei gyflawni', erased: 'Wedi’i wneud', refused: 'Wedi’i wrthod' },
    data: {
      title: 'Eich hawliau data', back: 'Yn ôl i’ch cyfrif',
      'copy-title': 'Cael copi o’ch data', 'copy-text': 'Rydym yn casglu ynghyd bopeth rydym yn ei ddal amdanoch: i’w ddarllen, ac fel ffeil y gall systemau eraill ei darllen.', 'copy-link': 'Gofyn am gopi',
      'erase-title': 'Cael dileu eich data', 'erase-text': 'Mae’n rhaid inni gadw rhai pethau, am fod cyfraith yn dweud hynny. Rydym yn dweud wrthych am bob un beth a ddaw ohono a pham.', 'erase-link': 'Gofyn am ddileu',
      'wrong-title': 'Mae rhywbeth yn anghywir', 'wrong-text': 'Gallwch newid eich manylion yn eich cyfrif eich hun. Rhowch wybod inni am unrhyw beth arall sy’n anghywir:', yours: 'Yr hyn rydych wedi gofyn amdano', asked: 'Gofynnoch ar {date}.',
    },
    ask: {
      access: { title: 'Gofyn am gopi o’ch data', text: 'Nid oes rhaid i chi ddweud pam, ac nid yw’n costio dim.', what: 'Rydym yn dechrau ar unwaith. Fel arfer mae’r copi’n barod o fewn munudau. Lle gallai rhywun arall fod wedi’i enwi ynddo, mae swyddog yn ei ddarllen yn gyntaf. Byddwch yn ei gael o fewn mis.', where: 'Byddwch yn ei lawrlwytho yn eich cyfrif, am 30 diwrnod. Byddwn yn rhoi gwybod i chi pan fydd yn barod.', button: 'Gofyn am gopi' },
      erasure: { title: 'Gofyn inni ddileu eich data', text: 'Mae swyddog yn penderfynu ar bob peth rydym yn ei ddal. Rydym yn dileu’r hyn nad oes ar unrhyw gyfraith na chais agored ei angen.', what: 'Cyn i ddim gael ei ddileu byddwch yn cael rhestr: beth sy’n cael ei ddileu, a beth sy’n cael ei gadw oherwydd beth a than bryd. Byddwch yn ei chael o fewn mis.', where: 'Pan gaiff eich cyfrif ei ddileu cewch eich allgofnodi ac ni allwch fewngofnodi iddo eto. Cymerwch gopi yn gyntaf, os oes arnoch eisiau un. Ni ellir dod â’r hyn a ddilëir yn ôl.', button: 'Gofyn am ddileu' },
      back: 'Yn ôl i’ch hawliau data', cancel: 'Peidio â gofyn',
    },
    request: {
      'title-access': 'Eich copi: {reference}', 'title-erasure': 'Eich cais i ddileu: {reference}', back: 'Yn ôl i’ch hawliau data',
      'access-preparing': 'Rydym yn ei gasglu ynghyd. Byddwn yn ateb erbyn {due}.', 'access-to-read': 'Mae swyddog yn ei ddarllen cyn i chi ei gael, am y gallai rhywun arall fod wedi’i enwi ynddo. Byddwn yn ateb erbyn {due}.', 'access-ready': 'Mae eich copi’n barod. Gallwch ei lawrlwytho tan {until}.', 'access-expired': 'Nid yw’r copi yma mwyach. Gallwch ofyn am un newydd ar unrhyw adeg.',
      'erasure-preparing': 'Rydym yn rhestru’r hyn rydym yn ei ddal. Byddwn yn ateb erbyn {due}.', 'erasure-to-decide': 'Mae swyddog yn penderfynu ar bob peth rydym yn ei ddal. Byddwn yn ateb erbyn {due}.', 'erasure-erasing': 'Mae wedi’i benderfynu, ac yn cael ei gyflawni.', 'erasure-erased': 'Mae wedi’i wneud. Dyma beth ddaeth o bob peth.', refused: 'Rydym wedi gwrthod eich cais. Mae’r rheswm wedi’i ysgrifennu isod.',
      paused: 'Mae’r amser yn sefyll nes inni glywed gennych. Mae’r hyn sydd ei angen arnom wedi’i ysgrifennu isod.', pdf: 'Lawrlwytho i’w ddarllen (PDF)', json: 'Lawrlwytho ar gyfer systemau eraill (JSON)', steps: 'Beth sydd wedi digwydd', items: 'Yr hyn rydym yn ei ddal, a beth a ddaw ohono', since: 'Ers {date}',
      complain: 'Os nad ydych yn fodlon ar ein hateb, rhowch wybod inni. Gallwch hefyd gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421, neu fynd i’r llys.', commissioner: 'Cwyno i’r Comisiynydd Gwybodaeth',
    },
    steps: { asked: 'Gofynnoch chi', 'paused-identity': 'Gofynnom pwy ydych chi', 'paused-clarification': 'Gofynnom beth rydych yn ei olygu', resumed: 'Cawsom eich ateb', extended: 'Cymerom ddau fis arall', ready: 'Roedd eich copi’n barod', decided: 'Penderfynom', erased: 'Fe’i cyflawnwyd', refused: 'Gwrthodom', expired: 'Tynnwyd y copi' },
    items: { erased: 'Wedi’i ddileu', 'to-be-erased': 'Yn cael ei ddileu', kept: 'Wedi’i gadw, oherwydd {because}', 'kept-until': 'Wedi’i gadw tan {until}, oherwydd {because}', 'worked-on': 'gweithir arno o hyd' },
    news: {
      'paused-identity': 'Mae angen inni fod yn sicr pwy ydych chi cyn mynd ymlaen â’ch cais. Mae’r amser y mae’n rhaid inni ateb ynddo yn dechrau pan fyddwn yn gwybod.', 'paused-clarification': 'Mae angen inni wybod mwy am yr hyn rydych yn gofyn amdano. Mae’r amser y mae’n rhaid inni ateb ynddo yn sefyll tan hynny.', resumed: 'Mae gennym yr hyn roedd ei angen arnom, ac rydym yn mynd ymlaen. Byddwn yn ateb erbyn {due}.',
      extended: 'Mae arnom angen dau fis arall ar gyfer eich cais. Byddwn yn ateb erbyn {due}.', refused: 'Rydym wedi gwrthod eich cais.', ready: 'Mae’r copi o’ch data’n barod. Gallwch ei lawrlwytho yn eich cyfrif am 30 diwrnod.', decided: 'Rydym wedi penderfynu ar eich cais i ddileu. Dyma beth a ddaw o bob peth rydym yn ei ddal:',
    },
    copy: {
      title: 'Yr hyn rydym yn ei ddal amdanoch', made: 'Cais {reference}, {asked}. Gwnaed {made}.', what: 'Dyma bopeth rydym yn ei ddal amdanoch yn y systemau y tu ôl i’ch cyfrif, a’r hyn y mae ein swyddogion wedi’i ysgrifennu amdano. Mae enwau swyddogion, a’r hyn sydd am bobl eraill, wedi’u gadael allan.',
      why: 'Mae’r rheswm pam rydym yn dal pob peth, yn ôl pa gyfraith ac am ba hyd, yn ein hysbysiad preifatrwydd.', 'who-else': 'Mae pwy arall a gafodd wybod rhywbeth amdanoch, a pham, yn eich cyfrif o dan “Eich gwybodaeth”.', rights: 'Gallwch gael cywiro’r hyn sy’n anghywir, gofyn inni ddileu’r hyn nad oes angen inni ei gadw, a gwrthwynebu ei ddefnyddio.',
      complain: 'Os nad ydych yn fodlon, rhowch wybod inni. Gallwch hefyd gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.', nothing: 'Nid ydym yn dal dim o’r math hwn.', from: 'Gan', since: 'Ers {date}.', kept: 'Os gofynnwch inni ei ddileu: rydym yn ei gadw, oherwydd {because}.', 'kept-until': 'Os gofynnwch inni ei ddileu: rydym yn ei gadw tan {until}, oherwydd {because}.', erasable: 'Os gofynnwch inni ei ddileu: gellir ei ddileu.',
      'left-out': 'Mae hwn wedi’i adael allan, am ei fod am rywun arall.', yes: 'Ydy', no: 'Nac ydy',
    },
  },
});
