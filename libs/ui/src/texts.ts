import { defineTexts } from '@guildhall/kernel-contract';

/** The words of layouts, partials and error pages. @public */
export const uiTexts = defineTexts({
  en: {
    'skip-link': 'Skip to main content',
    'error-prefix': 'Error: ',
    header: { 'home-page': 'home page', 'sign-in': 'Sign in', account: 'Your account' },
    footer: {
      title: 'Help and information', call: 'Call us', emergency: 'Danger to life', 'emergency-number': 'Call 999',
    },
    question: { continue: 'Continue', back: 'Back', progress: 'Section {section} of {sections}' },
    timeline: { by: 'by {name}' },
    pages: { newer: 'Newer', older: 'Older', label: 'More of this list' },
    chart: { table: 'Show these figures as a table' },
    desk: {
      title: 'Officer desk', navigation: 'Areas of the desk', 'search-label': 'Find a case by reference, name, address or telephone number', 'search-hint': 'Reference, name, address', search: 'Find', 'sign-out': 'Sign out',
      late: '(some are late)',
      shortcuts: { title: 'Keyboard shortcuts', key: 'Key', what: 'What it does', switch: 'Use shortcuts of a single key', close: 'Close' },
    },
    errors: {
      'what-to-do': 'What you can do',
      written: 'What you wrote', 'written-hint': 'Copy it before you go on, in case it was not saved.',
      'call-us': 'If you need help, call {telephone} or email {email}. Say that the reference is {reference}.',
      reference: 'Reference for the telephone',
      home: 'Go to the home page',
      back: 'Go back to the page before and try again',
      desk: {
        '403': 'If your work needs it, ask whoever gives permissions at your council.', '404': 'Check the address or the reference, or look for it in your lists.', back: 'Back to the desk: {area}',
        reference: 'If it happens again, tell whoever looks after this system at your council. The reference is {reference}.',
      },
      '400': {
        title: 'We did not understand that', what: 'Something in the address or in what was sent does not make sense to us.', nothing: 'Nothing was changed, and nothing you saved before was lost.',
        do: 'Check the address. If you pasted it, check that you copied all of it.',
      },
      '401': { title: 'Sign in first', what: 'This page is about somebody’s own matters, so we need to know that it is you.', nothing: 'Nothing was changed.', do: 'Sign in, and you will come back to this page.' },
      '403': {
        title: 'You cannot see this page', what: 'You are signed in, but this belongs to somebody else or needs a permission that you do not have.', nothing: 'Nothing was changed.',
        do: 'If you have more than one account, sign in with the other one.',
      },
      '404': {
        title: 'Page not found', what: 'There is no page at this address. It may have moved, or the address may be mistyped.', nothing: 'Nothing you saved was lost.',
        do: 'Look for the service on the home page, or check the address.',
      },
      '409': {
        title: 'Somebody changed this before you', what: 'While this page was open, the same thing was changed in another window or by another person.', nothing: 'Their change is kept. Yours was not saved, so that neither is lost by accident.',
        do: 'Load the page again, look at what has changed, and make your change again if it is still needed.',
      },
      '413': { title: 'That is too large', what: 'What you sent is larger than we can take.', nothing: 'Your answers before this one are kept.', do: 'Go back and send a smaller file, or fewer at once.' },
      '421': { title: 'This council is not here', what: 'The address does not belong to a council that we serve.', nothing: 'Nothing was changed.', do: 'Check the address.' },
      '429': { title: 'Too many tries', what: 'A lot of requests came from your connection in a short time, so we have paused it for a moment.', nothing: 'Your answers are kept.', do: 'Wait one minute, then go back and try again.' },
      '500': { title: 'Sorry, something went wrong', what: 'There is a fault on our side. We have been told about it.', nothing: 'The answers that you saved are kept.', do: 'Go back and try again in a few minutes.' },
      '503': { title: 'Sorry, this is not available just now', what: 'A part of this service is not answering.', nothing: 'The answers that you saved are kept.', do: 'Try again in a few minutes. If you had just sent something, look first whether we have it.' },
      expired: {
        title: 'This page is out of date', what: 'The page was open for a long time, or you signed in or out in another window, so we could not be sure that the form came from you.',
        nothing: 'Nothing was sent twice. The answers that you saved on the pages before are kept.', do: 'Load the page again and press the button once more.', again: 'Load the page again',
      },
    },
  },
  cy: {
    'skip-link': 'Neidio i’r prif gynnwys',
    'error-prefix': 'Gwall: ',
    header: { 'home-page': 'hafan', 'sign-in': 'Mewngofnodi', account: 'Eich cyfrif' },
    footer: {
      title: 'Cymorth a gwybodaeth', call: 'Ffoniwch ni', emergency: 'Perygl i fywyd', 'emergency-number': 'Ffoniwch 999',
    },
    question: { continue: 'Parhau', back: 'Yn ôl', progress: 'Adran {section} o {sections}' },
    timeline: { by: 'gan {name}' },
    pages: { newer: 'Mwy diweddar', older: 'Hŷn', label: 'Rhagor o’r rhestr hon' },
    chart: { table: 'Dangos y ffigurau hyn fel tabl' },
    desk: {
      title: 'Desg swyddogion', navigation: 'Rhannau’r ddesg', 'search-label': 'Dod o hyd i achos drwy gyfeirnod, enw, cyfeiriad neu rif ffôn', 'search-hint': 'Cyfeirnod, enw, cyfeiriad', search: 'Chwilio', 'sign-out': 'Allgofnodi',
      late: '(mae rhai yn hwyr)',
      shortcuts: { title: 'Bysellau byr', key: 'Bysell', what: 'Beth mae’n ei wneud', switch: 'Defnyddio bysellau byr un fysell', close: 'Cau' },
    },
    errors: {
      'what-to-do': 'Beth allwch chi ei wneud',
      written: 'Yr hyn a ysgrifennwyd gennych', 'written-hint': 'Copïwch ef cyn mynd ymlaen, rhag ofn na chafodd ei gadw.',
      'call-us': 'Os oes angen help arnoch, ffoniwch {telephone} neu e-bostiwch {email}. Dywedwch mai’r cyfeirnod yw {reference}.',
      reference: 'Cyfeirnod ar gyfer y ffôn',
      home: 'Ewch i’r hafan',
      back: 'Ewch yn ôl i’r dudalen flaenorol a rhowch gynnig arall arni',
      desk: {
        '403': 'Os oes angen hyn ar gyfer eich gwaith, gofynnwch i bwy bynnag sy’n rhoi caniatâd yn eich cyngor.', '404': 'Gwiriwch y cyfeiriad neu’r cyfeirnod, neu chwiliwch amdano yn eich rhestrau.', back: 'Yn ôl i’r ddesg: {area}',
        reference: 'Os bydd hyn yn digwydd eto, dywedwch wrth bwy bynnag sy’n gofalu am y system hon yn eich cyngor. Y cyfeirnod yw {reference}.',
      },
      '400': {
        title: 'Nid oeddem yn deall hynny', what: 'Nid yw rhywbeth yn y cyfeiriad, neu yn yr hyn a anfonwyd, yn gwneud synnwyr i ni.', nothing: 'Ni newidiwyd dim, ac ni chollwyd dim yr oeddech wedi’i gadw o’r blaen.',
        do: 'Gwiriwch y cyfeiriad. Os gwnaethoch ei ludo, gwnewch yn siŵr eich bod wedi copïo’r cyfan.',
      },
      '401': { title: 'Mewngofnodwch yn gyntaf', what: 'Mae’r dudalen hon yn ymwneud â materion personol rhywun, felly mae angen i ni wybod mai chi sydd yno.', nothing: 'Ni newidiwyd dim.', do: 'Mewngofnodwch, a byddwch yn dod yn ôl i’r dudalen hon.' },
      '403': {
        title: 'Ni allwch weld y dudalen hon', what: 'Rydych wedi mewngofnodi, ond mae hyn yn perthyn i rywun arall neu mae angen caniatâd nad yw gennych.', nothing: 'Ni newidiwyd dim.',
        do: 'Os oes gennych fwy nag un cyfrif, mewngofnodwch gyda’r llall.',
      },
      '404': {
        title: 'Heb ddod o hyd i’r dudalen', what: 'Nid oes tudalen yn y cyfeiriad hwn. Efallai ei bod wedi symud, neu fod y cyfeiriad wedi’i deipio’n anghywir.', nothing: 'Ni chollwyd dim yr oeddech wedi’i gadw.',
        do: 'Chwiliwch am y gwasanaeth ar yr hafan, neu gwiriwch y cyfeiriad.',
      },
      '409': {
        title: 'Newidiodd rhywun hyn o’ch blaen chi', what: 'Tra oedd y dudalen hon ar agor, newidiwyd yr un peth mewn ffenestr arall neu gan rywun arall.', nothing: 'Mae eu newid nhw wedi’i gadw. Ni chadwyd eich newid chi, fel na chollir y naill na’r llall drwy ddamwain.',
        do: 'Llwythwch y dudalen eto, edrychwch ar yr hyn sydd wedi newid, a gwnewch eich newid eto os oes ei angen o hyd.',
      },
      '413': { title: 'Mae hynny’n rhy fawr', what: 'Mae’r hyn a anfonwyd gennych yn fwy nag y gallwn ei dderbyn.', nothing: 'Mae eich atebion cyn hwn wedi’u cadw.', do: 'Ewch yn ôl ac anfonwch ffeil lai, neu lai o ffeiliau ar y tro.' },
      '421': { title: 'Nid yw’r cyngor hwn yma', what: 'Nid yw’r cyfeiriad yn perthyn i gyngor yr ydym yn ei wasanaethu.', nothing: 'Ni newidiwyd dim.', do: 'Gwiriwch y cyfeiriad.' },
      '429': { title: 'Gormod o geisiadau', what: 'Daeth llawer o geisiadau o’ch cysylltiad mewn amser byr, felly rydym wedi’i oedi am funud.', nothing: 'Mae eich atebion wedi’u cadw.', do: 'Arhoswch un funud, yna ewch yn ôl a rhowch gynnig arall arni.' },
      '500': { title: 'Mae’n ddrwg gennym, aeth rhywbeth o’i le', what: 'Mae nam ar ein hochr ni. Rydym wedi cael gwybod amdano.', nothing: 'Mae’r atebion yr oeddech wedi’u cadw yn ddiogel.', do: 'Ewch yn ôl a rhowch gynnig arall arni ymhen ychydig funudau.' },
      '503': { title: 'Mae’n ddrwg gennym, nid yw hyn ar gael ar hyn o bryd', what: 'Nid yw rhan o’r gwasanaeth hwn yn ateb.', nothing: 'Mae’r atebion yr oeddech wedi’u cadw yn ddiogel.', do: 'Rhowch gynnig arall arni ymhen ychydig funudau. Os oeddech newydd anfon rhywbeth, edrychwch yn gyntaf a yw wedi ein cyrraedd.' },
      expired: {
        title: 'Nid yw’r dudalen hon yn gyfredol mwyach', what: 'Bu’r dudalen ar agor am amser hir, neu gwnaethoch fewngofnodi neu allgofnodi mewn ffenestr arall, felly ni allem fod yn siŵr mai chi a anfonodd y ffurflen.',
        nothing: 'Ni anfonwyd dim ddwywaith. Mae’r atebion yr oeddech wedi’u cadw ar y tudalennau blaenorol yn ddiogel.', do: 'Llwythwch y dudalen eto a phwyswch y botwm unwaith yn rhagor.', again: 'Llwytho’r dudalen eto',
      },
    },
  },
});
