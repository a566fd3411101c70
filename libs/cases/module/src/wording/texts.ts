import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read. */
export const texts = defineTexts({
  en: {
    status: {
      title: 'Your case {reference}', reference: 'Your reference is', opened: 'Sent to us on {date}', due: 'We mean to deal with it by {date}',
      'you-can': 'What you can do now', 'nothing-needed': 'You do not need to do anything.', waiting: 'We are waiting for you',
      late: 'This is taking longer than we said. We have not forgotten it.', asked: 'We asked you:', 'answer-label': 'Your answer', 'answer-by': 'Please answer by {date}.',
      timeline: 'What has happened so far', you: 'you', decision: 'Our decision: {title}', reasons: 'Our reasons', decided: 'We decided: {title}',
      opened_title: 'You sent this to us', update: 'A message from us', answer: 'You wrote to us', older: 'Show what happened before', documents: '{count, plural, one {with # photo or file} other {with # photos or files}}',
      where: 'Where', map: 'Map of the point that you marked', told: 'What you told us', documents_title: 'Photos and files', 'photo-alt': 'Photo {number} that you sent', file: '{name} ({size})', 'photo-gone': 'A photo or file that cannot be shown at the moment',
      write: 'Tell us more', 'write-label': 'What would you like to tell us?', 'write-hint': 'Do not include bank or card details.', 'write-button': 'Send', 'photos-label': 'Add photos', 'photos-hint': 'Up to 3 photos, each no more than 10 MB. You can take them with your phone.',
      send: 'Send', keep: 'Keep this address to yourself. Whoever has it can see this page and write to us in your place.', sign_in: 'Sign in to see all your cases',
      done: { moved: 'Thank you. We have what you sent.', written: 'Thank you. We have your message.', photos: 'Thank you. We have your message, but {count, plural, one {one photo could not be used} other {# photos could not be used}}: send them again as JPEG or PNG, each no more than 10 MB.' },
      success: 'Success', 'error-words': 'Write what you want to tell us', 'error-too-long': 'Write no more than {count, number} characters', changed: 'Something has happened to your case since you opened this page. Read what is new below, then send your words again if they are still right.',
      gone: 'This is not possible any more: something has happened to your case since you opened this page.',
    },
    'status-missing': {
      title: 'We cannot show this case', text: 'To see how a case is going, open the whole link in the email, text message or letter that we sent you. It is more than the reference alone.',
      signed: 'If you have an account, sign in to see all your cases.', sign_in: 'Sign in', call: 'You can also call us on {telephone} and give your reference.',
    },
    home: { title: 'Your open cases', track: 'Track' },
    account: {
      title: 'Your cases', open: 'Open', closed: 'Finished', 'all-closed': 'Nothing is open at the moment.', changed: 'Last news on {date}', more: 'Show older cases', waiting: '{type} {reference}: answer our question', reference: 'Reference',
      'page-title': 'All your cases', none: 'You have no cases yet', 'none-text': 'When you report or apply for something, you can track it here.', 'none-next': 'Find a service', first: 'Newest cases', next: 'Older cases', pages: 'Pages of your cases',
    },
  },
  cy: {
    status: {
      title: 'Eich achos {reference}', reference: 'Eich cyfeirnod yw', opened: 'Anfonwyd atom ar {date}', due: 'Rydym yn bwriadu delio ag ef erbyn {date}',
      'you-can': 'Beth allwch chi ei wneud nawr', 'nothing-needed': 'Nid oes angen i chi wneud dim.', waiting: 'Rydym yn aros amdanoch chi',
      late: 'Mae hyn yn cymryd mwy o amser nag a ddywedwyd gennym. Nid ydym wedi anghofio amdano.', asked: 'Fe wnaethom ofyn i chi:', 'answer-label': 'Eich ateb', 'answer-by': 'Atebwch erbyn {date}.',
      timeline: 'Beth sydd wedi digwydd hyd yn hyn', you: 'chi', decision: 'Ein penderfyniad: {title}', reasons: 'Ein rhesymau', decided: 'Rydym wedi penderfynu: {title}',
      opened_title: 'Fe wnaethoch anfon hwn atom', update: 'Neges gennym ni', answer: 'Fe wnaethoch ysgrifennu atom', older: 'Dangos beth ddigwyddodd cyn hynny', documents: '{count, plural, zero {gyda # llun neu ffeil} one {gydag # llun neu ffeil} two {gyda # lun neu ffeil} few {gyda # llun neu ffeil} many {gyda # llun neu ffeil} other {gyda # llun neu ffeil}}',
      where: 'Ble', map: 'Map o’r pwynt a farciwyd gennych', told: 'Beth ddywedoch chi wrthym', documents_title: 'Lluniau a ffeiliau', 'photo-alt': 'Llun {number} a anfonwyd gennych', file: '{name} ({size})', 'photo-gone': 'Llun neu ffeil na ellir ei ddangos ar hyn o bryd',
      write: 'Dweud mwy wrthym', 'write-label': 'Beth hoffech chi ei ddweud wrthym?', 'write-hint': 'Peidiwch â chynnwys manylion banc na cherdyn.', 'write-button': 'Anfon', 'photos-label': 'Ychwanegu lluniau', 'photos-hint': 'Hyd at 3 llun, dim mwy na 10 MB yr un. Gallwch eu tynnu â’ch ffôn.',
      send: 'Anfon', keep: 'Cadwch y cyfeiriad hwn i chi’ch hun. Gall pwy bynnag sydd ag ef weld y dudalen hon ac ysgrifennu atom yn eich lle.', sign_in: 'Mewngofnodwch i weld eich holl achosion',
      done: { moved: 'Diolch. Mae’r hyn a anfonwyd gennych gyda ni.', written: 'Diolch. Mae eich neges gyda ni.', photos: 'Diolch. Mae eich neges gyda ni, ond {count, plural, zero {ni ellid defnyddio # llun} one {ni ellid defnyddio un llun} two {ni ellid defnyddio # lun} few {ni ellid defnyddio # llun} many {ni ellid defnyddio # llun} other {ni ellid defnyddio # llun}}: anfonwch nhw eto fel JPEG neu PNG, dim mwy na 10 MB yr un.' },
      success: 'Llwyddiant', 'error-words': 'Ysgrifennwch yr hyn yr hoffech ei ddweud wrthym', 'error-too-long': 'Ysgrifennwch ddim mwy na {count, number} nod', changed: 'Mae rhywbeth wedi digwydd i’ch achos ers i chi agor y dudalen hon. Darllenwch beth sy’n newydd isod, yna anfonwch eich geiriau eto os ydynt yn dal yn gywir.',
      gone: 'Nid yw hyn yn bosibl mwyach: mae rhywbeth wedi digwydd i’ch achos ers i chi agor y dudalen hon.',
    },
    'status-missing': {
      title: 'Ni allwn ddangos yr achos hwn', text: 'I weld sut mae achos yn dod yn ei flaen, agorwch y ddolen gyfan yn yr e-bost, y neges destun neu’r llythyr a anfonwyd gennym. Mae’n fwy na’r cyfeirnod yn unig.',
      signed: 'Os oes gennych gyfrif, mewngofnodwch i weld eich holl achosion.', sign_in: 'Mewngofnodi', call: 'Gallwch hefyd ein ffonio ar {telephone} a rhoi eich cyfeirnod.',
    },
    home: { title: 'Eich achosion agored', track: 'Olrhain' },
    account: {
      title: 'Eich achosion', open: 'Ar agor', closed: 'Wedi gorffen', 'all-closed': 'Nid oes dim ar agor ar hyn o bryd.', changed: 'Newyddion diwethaf ar {date}', more: 'Dangos achosion hŷn', waiting: '{type} {reference}: atebwch ein cwestiwn', reference: 'Cyfeirnod',
      'page-title': 'Eich holl achosion', none: 'Nid oes gennych unrhyw achosion eto', 'none-text': 'Pan fyddwch yn adrodd am rywbeth neu’n gwneud cais, gallwch ei olrhain yma.', 'none-next': 'Dod o hyd i wasanaeth', first: 'Yr achosion diweddaraf', next: 'Achosion hŷn', pages: 'Tudalennau eich achosion',
    },
  },
});
