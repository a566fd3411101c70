import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read on the pages of every journey. The services' own words come with the services. */
export const texts = defineTexts({
  en: {
    start: {
      who: 'Who it is for', need: 'What you need', 'how-long': 'How long it takes', minutes: 'About {minutes, plural, one {# minute} other {# minutes}}.', cost: 'What it costs', free: 'It is free.', urgent: 'If it cannot wait',
      'sign-in': 'You sign in first, with a code that we send to your email address or your mobile phone.', begin: 'Start now', 'other-ways': 'Other ways to do it', call: 'By telephone: <strong>{telephone}</strong>. We fill it in for you while you speak.', visit: 'In person: {address}.',
      'carry-on': { title: 'You have already begun', saved: 'You saved your answers on {date}. We keep them until {until}.', confirmed: 'You have sent your answers and still have to pay.', 'being-paid': 'You have sent your answers, and your payment is being processed. Do not pay again.', look: 'See how it stands', button: 'Carry on where you stopped', again: 'Start again', 'again-hint': 'This deletes the answers that you saved.' },
      sent: 'You sent this today:', 'sent-look': 'see how it stands', privacy: 'How we use <link>your information</link>.',
    },
    page: {
      save: 'Save and come back later', 'changed-elsewhere': 'You changed this in another window.', notice: 'Please note',
    },
    sourced: {
      get: 'Get it from {body}', type: 'I’ll type it', use: 'Use this', wrong: 'It’s wrong', 'type-myself': 'I’ll type it myself', typed: 'You typed this',
      changed: 'What would be asked has changed. Please read it again.', gone: 'This has changed since it was shown to you. Please look again.',
    },
    place: {
      find: 'Postcode, street or part of an address', 'find-address': 'Postcode', 'find-address-hint': 'For example, {postcode}. If you do not know the postcode, enter the street.', 'find-no-postcode': 'If you do not know the postcode, enter the street.', 'find-location-hint': 'For example, {street}, or {postcode}.', button: 'Find', choose: 'Choose one', none: 'None of these – I will enter it below',
      more: 'There are more than we can show. Enter the house number or name to narrow it down.', building: 'House number or name', narrow: 'Narrow it down', 'nothing-found': 'We found nothing for “{words}”. Check the spelling, or enter it by hand below.',
      'not-a-postcode': 'That is not a whole postcode. Enter all of it, or a street.', 'too-little-text': 'Enter at least two letters or figures.', down: 'The search does not work just now. Please enter it by hand below.', found: '{count, plural, one {# result} other {# results}} for “{words}”',
      'by-hand': 'Enter the address by hand', line1: 'House number and street', line2: 'Second line (optional)', town: 'Town or village (optional)', postcode: 'Postcode', kept: 'Your choice',
      ways: 'Search for it here, <map>point to it on the map</map> or <describe>describe the place</describe>. One of these is enough.',
      map: 'Point to it on the map', 'map-hint': 'If you found the street above, you can mark the place in it here.', point: 'Latitude and longitude', 'point-hint': 'For example, {example}', near: 'The point is near {address}.',
      offered: 'You gave us this address on {date}, for “{service}”:', 'use-offered': 'Use this address',
      right: 'Which one is right?', 'right-place': 'The address or street that I chose', 'right-point': 'The point on the map', 'right-point-near': 'The point on the map, near {address}',
      described: 'Describe the place', 'described-hint': 'For example: opposite the school, on the left side going towards the church.',
    },
    photos: { file: 'Choose photos', hint: 'JPG, PNG, WebP or GIF, up to 10 MB each. With a telephone you can take one now.', add: 'Add photo', added: 'Photos that you have added', remove: 'Remove', 'remove-which': 'photo {name}', full: 'You have added as many as you can. Remove one to add another.', picture: 'Photo: {name}', wait: 'We remove the place and the time from your photos before anybody sees them.' },
    check: {
      title: 'Check your answers before you send them', change: 'Change', cost: 'What it costs', total: 'Total', pay: 'Pay {amount}', send: 'Send', confirm: 'Please confirm', changed: 'Your answers have changed in another window. This is how they are now: check them again before you send them.',
    },
    ending: { title: 'You do not need to go on', change: 'You can go back and change your answer.', home: 'Go to the home page' },
    saved: {
      title: 'Your answers are saved', until: 'We keep them until {date}.', 'in-account': 'You find them in <link>your account</link>, on any device.', session: 'They are kept in this browser on this device. To carry on from another device, sign in: your answers come with you.', 'sign-in': 'Sign in to keep them', 'carry-on': 'Carry on now',
    },
    pay: {
      'to-pay': { title: 'Pay to finish', what: 'Your answers are saved. Nothing has been paid yet.', do: 'You go to a secure payment page and come back here.' },
      declined: { title: 'Your payment was declined', what: 'No money was taken. Your answers are saved.', do: 'Your bank did not allow the payment. Try again, or use another card. If it happens again, call your bank.' },
      cancelled: { title: 'You stopped the payment', what: 'No money was taken. Your answers are saved.', do: 'Pay when you are ready, or change your answers.' },
      expired: { title: 'The payment page timed out', what: 'No money was taken. Your answers are saved.', do: 'Start the payment again. You do not have to fill anything in again.' },
      fault: { title: 'Something went wrong with the payment', what: 'As far as we know no money was taken. Your answers are saved.', do: 'Try again. If money leaves your account all the same, we find it and put it right by ourselves.' },
      waiting: { title: 'Your payment is being processed', what: 'Your bank has not answered yet. Your answers are saved.', do: 'Do not pay again. This can take a few minutes: look again, or close this page. We carry on as soon as the payment is there, and tell you.' },
      button: 'Pay {amount}', again: 'Try again: pay {amount}', look: 'Look again', change: 'Change your answers', kept: 'We keep your answers until {date}.',
    },
    done: {
      title: 'Sent', reference: 'Your reference', spelled: 'To read it out: {letters}', 'in-progress': 'We have your answers and are just filing them. You do not have to do anything: this page shows how it stands when you load it again.', look: 'Load again', where: 'Where', next: 'What happens now', paid: 'You paid {amount}.', receipt: 'See your receipt',
      track: 'Track it', 'track-hint': 'Keep this link: with it you see how it stands, and can tell us more.', 'track-keep': 'You are not signed in, so you need this link to look it up again. Copy it, or print this page:', account: 'You also find it in <link>your account</link>.', again: 'Do this again', home: 'Go to the home page',
    },
    'change-taker': { title: 'The services that you have asked us for' },
    account: { title: 'Not finished yet', saved: 'Saved on {date}, kept until {until}', 'to-pay': 'Still to be paid', 'being-paid': 'Payment is being processed', 'carry-on': 'Carry on', all: 'Everything that you have not finished' },
  },
  cy: {
    start: {
      who: 'I bwy mae hyn', need: 'Beth sydd ei angen arnoch', 'how-long': 'Faint o amser mae’n ei gymryd', minutes: 'Tua {minutes, plural, one {# munud} two {# funud} other {# munud}}.', cost: 'Beth mae’n ei gostio', free: 'Mae am ddim.', urgent: 'Os na all aros',
      'sign-in': 'Byddwch yn mewngofnodi yn gyntaf, gyda chod y byddwn yn ei anfon i’ch cyfeiriad e-bost neu’ch ffôn symudol.', begin: 'Dechrau nawr', 'other-ways': 'Ffyrdd eraill o’i wneud', call: 'Dros y ffôn: <strong>{telephone}</strong>. Byddwn yn ei lenwi ar eich rhan wrth i chi siarad.', visit: 'Wyneb yn wyneb: {address}.',
      'carry-on': { title: 'Rydych wedi dechrau eisoes', saved: 'Cadwyd eich atebion ar {date}. Byddwn yn eu cadw tan {until}.', confirmed: 'Rydych wedi anfon eich atebion ac mae angen i chi dalu o hyd.', 'being-paid': 'Rydych wedi anfon eich atebion, ac mae’ch taliad yn cael ei brosesu. Peidiwch â thalu eto.', look: 'Gweld sut mae pethau’n sefyll', button: 'Parhau lle gwnaethoch stopio', again: 'Dechrau eto', 'again-hint': 'Mae hyn yn dileu’r atebion a gadwyd gennych.' },
      sent: 'Fe wnaethoch anfon hwn heddiw:', 'sent-look': 'gweld sut mae pethau’n sefyll', privacy: 'Sut rydym yn defnyddio <link>eich gwybodaeth</link>.',
    },
    page: {
      save: 'Cadw a dod yn ôl yn nes ymlaen', 'changed-elsewhere': 'Fe wnaethoch newid hwn mewn ffenestr arall.', notice: 'Sylwch',
    },
    sourced: {
      get: 'Ei gael gan {body}', type: 'Mi wna i ei deipio', use: 'Defnyddio hwn', wrong: 'Mae’n anghywir', 'type-myself': 'Mi wna i ei deipio fy hun', typed: 'Chi a deipiodd hwn',
      changed: 'Mae’r hyn a fyddai’n cael ei ofyn wedi newid. Darllenwch ef eto, os gwelwch yn dda.', gone: 'Mae hwn wedi newid ers iddo gael ei ddangos i chi. Edrychwch eto, os gwelwch yn dda.',
    },
    place: {
      find: 'Cod post, stryd neu ran o gyfeiriad', 'find-address': 'Cod post', 'find-address-hint': 'Er enghraifft, {postcode}. Os nad ydych yn gwybod y cod post, rhowch y stryd.', 'find-no-postcode': 'Os nad ydych yn gwybod y cod post, rhowch y stryd.', 'find-location-hint': 'Er enghraifft, {street}, neu {postcode}.', button: 'Chwilio', choose: 'Dewiswch un', none: 'Dim un o’r rhain – byddaf yn ei roi isod',
      more: 'Mae mwy nag y gallwn eu dangos. Rhowch rif neu enw’r tŷ i gyfyngu’r chwiliad.', building: 'Rhif neu enw’r tŷ', narrow: 'Cyfyngu’r chwiliad', 'nothing-found': 'Ni ddaethom o hyd i ddim ar gyfer “{words}”. Gwiriwch y sillafu, neu rhowch ef â llaw isod.',
      'not-a-postcode': 'Nid yw hwnnw’n god post cyfan. Rhowch y cyfan ohono, neu stryd.', 'too-little-text': 'Rhowch o leiaf dwy lythyren neu ffigur.', down: 'Nid yw’r chwiliad yn gweithio ar hyn o bryd. Rhowch ef â llaw isod, os gwelwch yn dda.', found: '{count, plural, one {# canlyniad} two {# ganlyniad} other {# canlyniad}} ar gyfer “{words}”',
      'by-hand': 'Rhoi’r cyfeiriad â llaw', line1: 'Rhif y tŷ a’r stryd', line2: 'Ail linell (dewisol)', town: 'Tref neu bentref (dewisol)', postcode: 'Cod post', kept: 'Eich dewis',
      ways: 'Chwiliwch amdano yma, <map>pwyntiwch ato ar y map</map> neu <describe>disgrifiwch y lle</describe>. Mae un o’r rhain yn ddigon.',
      map: 'Pwyntio ato ar y map', 'map-hint': 'Os daethoch o hyd i’r stryd uchod, gallwch farcio’r lle ynddi yma.', point: 'Lledred a hydred', 'point-hint': 'Er enghraifft, {example}', near: 'Mae’r pwynt ger {address}.',
      offered: 'Fe wnaethoch roi’r cyfeiriad hwn i ni ar {date}, ar gyfer “{service}”:', 'use-offered': 'Defnyddio’r cyfeiriad hwn',
      right: 'Pa un sy’n gywir?', 'right-place': 'Y cyfeiriad neu’r stryd a ddewisais', 'right-point': 'Y pwynt ar y map', 'right-point-near': 'Y pwynt ar y map, ger {address}',
      described: 'Disgrifio’r lle', 'described-hint': 'Er enghraifft: gyferbyn â’r ysgol, ar yr ochr chwith wrth fynd tuag at yr eglwys.',
    },
    photos: { file: 'Dewis lluniau', hint: 'JPG, PNG, WebP neu GIF, hyd at 10 MB yr un. Gyda ffôn gallwch dynnu un nawr.', add: 'Ychwanegu llun', added: 'Lluniau rydych wedi’u hychwanegu', remove: 'Tynnu', 'remove-which': 'llun {name}', full: 'Rydych wedi ychwanegu cymaint ag y gallwch. Tynnwch un i ychwanegu un arall.', picture: 'Llun: {name}', wait: 'Rydym yn dileu’r lleoliad a’r amser o’ch lluniau cyn i neb eu gweld.' },
    check: {
      title: 'Gwiriwch eich atebion cyn eu hanfon', change: 'Newid', cost: 'Beth mae’n ei gostio', total: 'Cyfanswm', pay: 'Talu {amount}', send: 'Anfon', confirm: 'Cadarnhewch, os gwelwch yn dda', changed: 'Mae eich atebion wedi newid mewn ffenestr arall. Dyma sut maent nawr: gwiriwch nhw eto cyn eu hanfon.',
    },
    ending: { title: 'Nid oes angen i chi fynd ymlaen', change: 'Gallwch fynd yn ôl a newid eich ateb.', home: 'Ewch i’r hafan' },
    saved: {
      title: 'Mae eich atebion wedi’u cadw', until: 'Byddwn yn eu cadw tan {date}.', 'in-account': 'Maent i’w gweld yn <link>eich cyfrif</link>, ar unrhyw ddyfais.', session: 'Fe’u cedwir yn y porwr hwn ar y ddyfais hon. I barhau o ddyfais arall, mewngofnodwch: daw eich atebion gyda chi.', 'sign-in': 'Mewngofnodi i’w cadw', 'carry-on': 'Parhau nawr',
    },
    pay: {
      'to-pay': { title: 'Talu i orffen', what: 'Mae eich atebion wedi’u cadw. Nid oes dim wedi’i dalu eto.', do: 'Byddwch yn mynd i dudalen dalu ddiogel ac yn dod yn ôl yma.' },
      declined: { title: 'Gwrthodwyd eich taliad', what: 'Ni chymerwyd unrhyw arian. Mae eich atebion wedi’u cadw.', do: 'Ni chaniataodd eich banc y taliad. Rhowch gynnig arall arni, neu defnyddiwch gerdyn arall. Os bydd yn digwydd eto, ffoniwch eich banc.' },
      cancelled: { title: 'Fe wnaethoch atal y taliad', what: 'Ni chymerwyd unrhyw arian. Mae eich atebion wedi’u cadw.', do: 'Talwch pan fyddwch yn barod, neu newidiwch eich atebion.' },
      expired: { title: 'Daeth amser y dudalen dalu i ben', what: 'Ni chymerwyd unrhyw arian. Mae eich atebion wedi’u cadw.', do: 'Dechreuwch y taliad eto. Nid oes rhaid i chi lenwi dim eto.' },
      fault: { title: 'Aeth rhywbeth o’i le gyda’r taliad', what: 'Hyd y gwyddom, ni chymerwyd unrhyw arian. Mae eich atebion wedi’u cadw.', do: 'Rhowch gynnig arall arni. Os bydd arian yn gadael eich cyfrif serch hynny, byddwn yn dod o hyd iddo ac yn ei unioni ein hunain.' },
      waiting: { title: 'Mae eich taliad yn cael ei brosesu', what: 'Nid yw eich banc wedi ateb eto. Mae eich atebion wedi’u cadw.', do: 'Peidiwch â thalu eto. Gall hyn gymryd ychydig funudau: edrychwch eto, neu caewch y dudalen hon. Byddwn yn parhau cyn gynted ag y daw’r taliad, ac yn rhoi gwybod i chi.' },
      button: 'Talu {amount}', again: 'Rhoi cynnig arall arni: talu {amount}', look: 'Edrych eto', change: 'Newid eich atebion', kept: 'Byddwn yn cadw eich atebion tan {date}.',
    },
    done: {
      title: 'Anfonwyd', reference: 'Eich cyfeirnod', spelled: 'I’w ddarllen yn uchel: {letters}', 'in-progress': 'Mae eich atebion gennym ac rydym wrthi’n eu ffeilio. Nid oes rhaid i chi wneud dim: bydd y dudalen hon yn dangos sut mae pethau’n sefyll pan fyddwch yn ei llwytho eto.', look: 'Llwytho eto', where: 'Ble', next: 'Beth sy’n digwydd nawr', paid: 'Fe wnaethoch dalu {amount}.', receipt: 'Gweld eich derbynneb',
      track: 'Olrhain', 'track-hint': 'Cadwch y ddolen hon: gyda hi gallwch weld sut mae pethau’n sefyll, a dweud mwy wrthym.', 'track-keep': 'Nid ydych wedi mewngofnodi, felly bydd angen y ddolen hon arnoch i edrych arno eto. Copïwch hi, neu argraffwch y dudalen hon:', account: 'Mae hefyd i’w weld yn <link>eich cyfrif</link>.', again: 'Gwneud hyn eto', home: 'Ewch i’r hafan',
    },
    'change-taker': { title: 'Y gwasanaethau y gofynnoch i ni amdanynt' },
    account: { title: 'Heb ei orffen eto', saved: 'Cadwyd ar {date}, cedwir tan {until}', 'to-pay': 'Heb ei dalu eto', 'being-paid': 'Mae’r taliad yn cael ei brosesu', 'carry-on': 'Parhau', all: 'Popeth nad ydych wedi’i orffen' },
  },
});
