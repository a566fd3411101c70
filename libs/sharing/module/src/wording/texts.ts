import { defineTexts } from '@guildhall/kernel-contract';
import type { CheckId } from '@guildhall/sharing-contract';
import { linkingCy, linkingEn } from '../linking/texts';

/** Why something was not told, by the check that failed. */
const failedEn: Readonly<Record<CheckId, string>> = {
  signature: 'The question was not signed by the body that asked.',
  log: 'The log of the body that asked does not tell one story.',
  trust: 'The body that asked is not one that is known here.',
  agreement: 'The two bodies did not have the same agreement, signed by all.',
  'in-force': 'The agreement was not in force.',
  parties: 'The agreement does not let this body ask that one.',
  purpose: 'The agreement does not allow it to be used for this.',
  attributes: 'More was asked for than the agreement allows.',
  because: 'No reason was given.',
  power: 'No law was named that allows it.',
  choice: 'You had not said yes, or you had said no.',
  'choice-fresh': 'It was not certain that you had not changed your mind.',
  channel: 'It was asked in a way that is not allowed.',
  assurance: 'The systems of the body that asked have not been checked as they must be.',
  guidelines: 'It is against a guideline on sharing.',
  subject: 'It was not certain who was meant.',
  dispute: 'You said that it is wrong, and you have not had an answer yet.',
};
const failedCy: Readonly<Record<CheckId, string>> = {
  signature: 'Ni lofnodwyd y cwestiwn gan y corff a ofynnodd.',
  log: 'Nid yw cofnod y corff a ofynnodd yn adrodd un hanes.',
  trust: 'Nid yw’r corff a ofynnodd yn un sy’n hysbys yma.',
  agreement: 'Nid oedd gan y ddau gorff yr un cytundeb, wedi’i lofnodi gan bawb.',
  'in-force': 'Nid oedd y cytundeb mewn grym.',
  parties: 'Nid yw’r cytundeb yn caniatáu i’r corff hwn ofyn i’r llall.',
  purpose: 'Nid yw’r cytundeb yn caniatáu ei ddefnyddio at y diben hwn.',
  attributes: 'Gofynnwyd am fwy nag y mae’r cytundeb yn ei ganiatáu.',
  because: 'Ni roddwyd rheswm.',
  power: 'Ni enwyd cyfraith sy’n ei ganiatáu.',
  choice: 'Nid oeddech wedi dweud ie, neu roeddech wedi dweud na.',
  'choice-fresh': 'Nid oedd yn sicr nad oeddech wedi newid eich meddwl.',
  channel: 'Gofynnwyd mewn ffordd nad yw’n cael ei chaniatáu.',
  assurance: 'Nid yw systemau’r corff a ofynnodd wedi’u gwirio fel y mae’n rhaid.',
  guidelines: 'Mae’n groes i ganllaw ar rannu.',
  subject: 'Nid oedd yn sicr pwy a olygid.',
  dispute: 'Dywedasoch ei fod yn anghywir, ac nid ydych wedi cael ateb eto.',
};

/** What residents read. */
export const texts = defineTexts({
  en: {
    linking: linkingEn,
    register: {
      link: 'What we share with other bodies', title: 'What we share with other public bodies',
      introduction: 'These are the agreements by which we and other public bodies ask each other about one person at a time. Nothing is shared without one, and every question is written down on both sides.',
      none: 'We share nothing with other public bodies in this way at the moment.', purpose: 'Why', to: 'To {purpose}', benefit: 'What you gain', power: 'The law that allows it', choice: 'Your choice', 'without-it': 'What you can do instead', contact: 'Whom to ask', term: 'In force', 'from-until': '{from} to {until}', review: 'Reviewed by',
      modes: { 'opt-in': 'Nothing is shared until you say yes.', 'opt-out': 'You can say no at any time.', none: 'The law leaves no choice: {because}' },
      counts: 'In the last twelve months', told: 'Questions answered', refused: 'Questions refused', 'told-once': 'Changes told once', 'said-no': 'Times that somebody said no', few: 'Fewer than 5', small: 'Numbers from 1 to 4 are only shown as fewer than 5, so that nobody can be recognised.', next: 'More agreements', pages: 'Pages of agreements',
    },
    'once-only': {
      keeps: 'We keep what you type here for a year, to {purpose}, and do not ask you for it again.', 'and-to': ', and to ',
      agreed: 'You say yes to this: {sentence}', 'stop-any-time': 'You can stop this at any time in “Your information”.', stop: 'Stop sharing this', 'do-not-keep': 'Do not keep this',
      'said-wrong': 'You said that this is wrong, and {body} looks at it. Nobody is told it until you have an answer, which you find in “Your information”. Now tell us what is right.',
      'you-told': 'You told us this on {day}', 'what-you-told': 'What you told us', law: 'You have no choice about this, because the law requires it: {because}.',
      not: {
        unreachable: '{body} does not answer at the moment, so we have to ask you.', refused: '{body} did not tell us, so we have to ask you.', 'not-known': '{body} does not know this of you, so we have to ask you.',
        'too-old': 'What {body} knows of this is too old, so we have to ask you.', 'words-changed': 'What would be asked has changed. Please read it again.', 'not-sure': 'We could not be sure that it is you at {body}, so we have to ask you.',
        differs: 'What {body} told us is not what we have been told otherwise, so we have to ask you.',
      },
      first: {
        match: 'To find your record, we first tell {body} your name, date of birth and address. Only if one record there fits, and no other, do we know that it is you.',
        'sign-in': 'You sign in at {body} first, so that we know which record is yours. Then you come back here.',
      },
    },
    information: {
      title: 'Your information', back: 'Back to your account', 'back-to-all': 'Back to your information', 'back-to-form': 'Go back to where you were', contents: 'On this page',
      yes: 'Yes', no: 'No',
      looked: {
        title: 'Who looked', older: 'Who looked before', none: 'Nobody has asked for your information, and we have asked nobody for it. When that happens, it will be here.',
        introduction: 'Each time one public body asks another about you, both write it down before anything is told. The newest is first.',
        asked: '{asker} asked {holder}', 'by-officer': 'An officer of {asker} looked at what {holder} holds', because: 'The officer’s reason', what: 'What', why: 'Why', 'why-words': 'To {purpose}', rule: 'By which rule', 'rule-name': '{name}, version {version}', told: 'Told', refused: 'Not told', waiting: 'Waiting for an answer',
        proof: 'See the proof', 'proof-of': 'of {when}', stop: 'Stop this',
      },
      happened: {
        'choice-given': 'You allowed this: {name}', 'choice-withdrawn': 'You stopped this: {name}', linked: 'Your records here and at {name} were linked', unlinked: 'The link of your records here and at {name} was removed', disputed: 'You said that something is wrong', corrected: 'Something was put right', 'found-right': 'Something that you said was wrong was found to be right', erased: '{name} erased what it held about you', 'change-told': 'We told another body what you told us once', 'change-heard': 'Another body told us what you told it once', with: 'The other body',
        by: { adviser: 'An adviser did it for you.', peer: 'You did it at {body}.' }, 'said-by': '{body} said so.', receipt: 'See the receipt',
      },
      proved: {
        'both-sides': 'Proved on both sides', 'not-sent': 'We stopped it before anything was sent, so only we have a record.', waiting: 'We have asked and wait for the answer.', telling: 'We are telling {body}, and wait until it says that it has it.',
        comparing: 'We have a record, and are looking whether {body} has the same.', 'not-shown': 'Only we have a record so far: {body} has not shown its own yet.', 'never-shown': 'Only we have a record: {body} has not shown its own for a week.', 'never-told': '{body} has no record of having told us this.',
        'never-heard': 'We asked and never heard.', 'never-received': '{body} has no record of having received what we told it.', 'theirs-alone': '{body} says it told us, and we have no record of having received it.',
      },
      shared: {
        title: 'What may be shared', none: 'There is nothing that we may share about you.', introduction: 'You need no reason, there is no time limit, and what you get from us does not depend on it unless it says so here.', 'to-be-reminded': 'Once a year we remind you of what you have allowed.', reminded: 'We reminded you of what you have allowed on {date}. We do so once a year.',
        on: 'On', off: 'Off', 'on-law': 'On: required by law',
        state: {
          asked: 'Nothing is shared unless you allow it.', given: 'You allowed this on {date}.', consented: 'You gave your consent on {date}.', withdrawn: 'You stopped this on {date}.', changed: 'You allowed this on {date}. What is shared, or why, has changed since then, so we ask you again.', unasked: 'This is shared unless you stop it.', elsewhere: 'You allowed this at {bodies}, and we told what was asked on {date}. You can stop it here.',
          law: 'The law requires this, so it cannot be stopped.', ended: 'This agreement is not in force. Nothing is shared by it.',
          kept: 'We still keep what was told by it before, and use it so that you are not asked again.', 'kept-stopped': 'We still keep what was told by it before. You stopped this on {date}, so we do not use it.',
        },
        benefit: 'What it is good for', saved: 'Since {date} it has saved you from proving it {count, plural, one {once} other {# times}}.', 'saved-capped': 'Since {date} it has saved you from proving it at least {count, plural, one {once} other {# times}}.',
        'if-stopped': 'If you stop', 'if-allowed': 'If you allow it', 'without-it': 'What you can do instead', undone: 'What is shared already', because: 'Why there is no choice',
        'kept-title': 'No longer shared, still kept', 'stops-kept': 'What we still keep of it is not used again from the moment you press.',
        'stops-here': 'It stops here the moment you press.', 'starts-here': 'From then on it may be shared. You can stop it at any time.', 'stops-there': 'At {bodies} it stops within seconds, and within {within} at the latest if they cannot be reached.',
        minutes: '{count, plural, one {# minute} other {# minutes}}', hours: '{count, plural, one {# hour} other {# hours}}',
        rule: 'The agreement', agreed: 'In force', version: 'Version {version}, until {until}', law: 'Law', 'kept-for': 'Kept for', period: { D: '{count, plural, one {# day} other {# days}}', W: '{count, plural, one {# week} other {# weeks}}', M: '{count, plural, one {# month} other {# months}}', Y: '{count, plural, one {# year} other {# years}}' },
        stop: 'Stop', allow: 'Allow', 'look-at': 'Stop or allow', 'read-more': 'Read more', changed: 'These words have changed since you opened the page. Nothing was done. Read them and press again.',
        'in-account': 'See who looked at your information, and what may be shared',
      },
      'on-withdrawal': {
        'stop-using': 'What was shared before is not used again.', 'keep-what-was-decided': 'What was decided with what was shared before stands. That cannot be undone.', delete: 'What was shared before is deleted. That cannot be undone.',
      },
      receipt: {
        title: { given: 'Allowed', withdrawn: 'Stopped' }, reference: 'Your reference', when: 'When', what: 'What', who: 'Who pressed', by: { resident: 'You', adviser: 'An adviser, for you' }, words: 'What you read before', now: 'What happens now',
        download: 'Download the receipt (JSON, ISO/IEC TS 27560)', kept: 'We keep this receipt. You find it again in “Who looked”.', undo: 'If you change your mind', 'not-last': 'You have chosen otherwise since.',
      },
      held: {
        title: 'What we hold', none: 'We hold nothing about you that other public bodies may ask for.', partial: 'One of our records does not answer just now, so something may be missing here.', what: 'What', value: 'What we have', source: 'From', 'a-record': 'One of our records', 'as-of': '{source}, as at {date}',
        wrong: 'It is wrong', disputed: 'You said that it is wrong. We tell nobody until we have answered you.', 'not-known': 'We have nothing now', 'too-old': 'It is too old: we tell nobody, and ask you when it is needed.', answered: 'You said that it was wrong, and you have an answer.', see: 'See what came of it', 'do-not-keep': 'Do not keep this',
      },
      kept: {
        title: 'Do not keep this: {what}?', told: 'You told us this on {date}.', what: 'We delete what you told us of this, and ask you again when a service needs it. What you have sent us stays as you sent it.', button: 'Do not keep this',
      },
      'tell-once': {
        link: 'Tell us once that you have moved', title: 'Tell us once that you have moved', introduction: 'You give your new address once. On the next page you see who would be told, and choose. Nobody is told before you press.', latest: 'See who has what you told on {date}',
        address: 'Your new address', line1: 'Address line 1', line2: 'Address line 2 (optional)', town: 'Town or city', postcode: 'Postcode', continue: 'Continue', who: 'Who will be told?', 'change-address': 'Change the address', to: 'Tell these', 'to-hint': 'Untick whoever is not to be told.', press: 'Tell them',
        nobody: 'There is nobody who may be told like this at the moment.', 'not-told': 'Those who may not be told', failed: { choice: 'You have not said that this may be shared. When you allow it, come back and tell them.' },
        told: 'Who has your new address', 'told-on': 'You told us on {when}.', 'come-back': 'You find this page again in “Your information”. Whoever could not be reached is told again and again until they have it.', gone: 'Something that we do not have any more',
        states: { waiting: 'Not told yet', arrived: 'Told, not confirmed yet', confirmed: 'Confirmed', 'turned-down': 'Not told', superseded: 'Replaced by what you told later' },
        errors: { line1: 'Enter address line 1, for example, the number and the street', town: 'Enter the town or city', postcode: 'Enter a full postcode, like ZZ99 1AA', 'too-long': 'Enter 100 characters or less', to: 'Choose who is to be told' },
      },
      wrong: {
        title: 'Is this wrong: {what}?', said: 'You said that this is wrong: {what}', what: 'If you say so, we tell nobody else about it from that moment on.', since: 'You said so on {date}. Since then we tell nobody about it.',
        next: 'We look at it and answer you. If it is wrong, we put it right, and tell those whom we told.', button: 'It is wrong',
        answered: 'What we answered: {what}', due: 'You have an answer by {date}.', late: 'You should have had an answer by {date}. We are sorry that it takes longer.', was: 'You said on {date} that this was wrong.', still: 'Is it still wrong?', again: 'It is still wrong',
        passed: 'We were told this by {body}, so they look at it and answer you.', 'passed-known': 'They know of it since {date}.', 'passed-not-yet': 'They could not be reached yet. We try again until they know.',
        'answer-of': 'Answer of {body}, {date}', outcome: { corrected: 'It was wrong, and it has been put right.', right: 'It was looked at, and it is right.' },
        'told-title': 'Who was told that it was wrong', 'told-none': 'Nobody had been told it who may still keep it.', 'told-known': 'They confirmed it on {date}.', 'told-not-yet': 'They have not confirmed it yet. We try again until they have.', 'told-unknown': 'They know nobody by the name that the two of us had for you, so they keep nothing of it.',
        step: { asked: 'On {date} {body} asked you something.', paused: 'On {date} {body} asked you to show who you are.', resumed: 'On {date} {body} had what it asked for.', extended: 'On {date} {body} said that it needs two more months.' },
        paused: 'The time for the answer stands still until it is certain that it is you who says so. From then on you have an answer within {months, plural, one {a month} other {# months}}.',
        'due-of': 'You have an answer from {body} by {date}.', 'late-of': 'You should have had an answer from {body} by {date}. We are sorry that it takes longer.', 'paused-of': 'The time for the answer of {body} stands still until it is certain that it is you who says so. From then on you have it within {months, plural, one {a month} other {# months}}.',
        news: {
          asked: 'You said that this is wrong: {what}. {body} asks you something before you have an answer, by {due}.', paused: 'You said that this is wrong: {what}. {body} asks you to show who you are. The time in which you must have an answer begins when that is certain.',
          resumed: 'You said that this is wrong: {what}. {body} has what it asked you for. You have an answer by {due}.', extended: 'You said that this is wrong: {what}. {body} needs two more months. You have an answer by {due}.',
        },
      },
      failed: failedEn,
      proof: {
        title: 'The proof of one line', entry: 'Entry {index} of our log', 'entry-received': 'Entry {index} of our log: the answer came', when: 'When', question: 'Digest of what was asked', answer: 'Digest of what was answered', none: 'None',
        what: 'Our log is a list to which lines can only be added. A line holds no value and no name: only who is meant, under a mark that nobody else can work out, and the digests of what was asked and answered. A digest is a number that changes when a single letter is changed.',
        leaf: 'The line as it is in our log', checkpoint: 'How far our log has come', 'checkpoint-what': 'Its name, how many lines it has, one number for all of them together, and our signature. Other bodies keep these: if we changed a line afterwards, theirs and ours would not fit.',
        how: 'How to check it yourself',
        steps: {
          checkpoint: 'Get our signed checkpoint', keys: 'Get our public key', proof: 'Get the hashes that lead from this line to the checkpoint', 'proof-received': 'Get the hashes that lead from the answer’s line to the checkpoint',
          compute: 'Work out the hash of the line as it stands above, and with the others the number in the checkpoint (RFC 9162, section 2.1.3). If it is the same, the line is in our log and nobody has changed it.',
          digest: 'Whoever has the question or the answer can work out its digest (RFC 9530). If it is the same, that is what was asked or answered.',
        },
      },
    },
  },
  cy: {
    linking: linkingCy,
    register: {
      link: 'Yr hyn a rannwn â chyrff eraill', title: 'Yr hyn a rannwn â chyrff cyhoeddus eraill',
      introduction: 'Dyma’r cytundebau y byddwn ni a chyrff cyhoeddus eraill yn eu defnyddio i holi ein gilydd am un person ar y tro. Ni rennir dim heb gytundeb, a chofnodir pob cwestiwn ar y ddwy ochr.',
      none: 'Nid ydym yn rhannu dim â chyrff cyhoeddus eraill fel hyn ar hyn o bryd.', purpose: 'Pam', to: 'Er mwyn {purpose}', benefit: 'Beth rydych chi’n ei ennill', power: 'Y gyfraith sy’n ei ganiatáu', choice: 'Eich dewis', 'without-it': 'Beth allwch chi ei wneud yn lle hynny', contact: 'Pwy i’w holi', term: 'Mewn grym', 'from-until': '{from} i {until}', review: 'Adolygir erbyn',
      modes: { 'opt-in': 'Ni rennir dim nes i chi ddweud ie.', 'opt-out': 'Gallwch ddweud na ar unrhyw adeg.', none: 'Nid yw’r gyfraith yn gadael dewis: {because}' },
      counts: 'Yn ystod y deuddeg mis diwethaf', told: 'Cwestiynau a atebwyd', refused: 'Cwestiynau a wrthodwyd', 'told-once': 'Newidiadau a ddywedwyd unwaith', 'said-no': 'Troeon y dywedodd rhywun na', few: 'Llai na 5', small: 'Dangosir rhifau o 1 i 4 fel llai na 5 yn unig, fel na ellir adnabod neb.', next: 'Rhagor o gytundebau', pages: 'Tudalennau o gytundebau',
    },
    'once-only': {
      keeps: 'Byddwn yn cadw’r hyn a deipiwch yma am flwyddyn, er mwyn {purpose}, ac ni fyddwn yn gofyn i chi amdano eto.', 'and-to': ', ac er mwyn ',
      agreed: 'Rydych yn dweud ie i hyn: {sentence}', 'stop-any-time': 'Gallwch atal hyn unrhyw bryd yn “Eich gwybodaeth”.', stop: 'Peidio â rhannu hyn', 'do-not-keep': 'Peidio â chadw hyn',
      'said-wrong': 'Dywedasoch fod hyn yn anghywir, a bydd y corff hwn yn edrych arno: {body}. Ni ddywedir wrth neb nes i chi gael ateb, a chewch hyd iddo yn “Eich gwybodaeth”. Nawr dywedwch wrthym beth sy’n gywir.',
      'you-told': 'Dywedoch hyn wrthym ar {day}', 'what-you-told': 'Yr hyn a ddywedoch wrthym', law: 'Nid oes gennych ddewis am hyn, gan fod y gyfraith yn mynnu hynny: {because}.',
      not: {
        unreachable: 'Nid yw {body} yn ateb ar hyn o bryd, felly mae’n rhaid i ni ofyn i chi.', refused: 'Ni ddywedodd {body} wrthym, felly mae’n rhaid i ni ofyn i chi.', 'not-known': 'Nid yw {body} yn gwybod hyn amdanoch, felly mae’n rhaid i ni ofyn i chi.',
        'too-old': 'Mae’r hyn y mae {body} yn ei wybod am hyn yn rhy hen, felly mae’n rhaid i ni ofyn i chi.', 'words-changed': 'Mae’r hyn a fyddai’n cael ei ofyn wedi newid. Darllenwch ef eto, os gwelwch yn dda.', 'not-sure': 'Nid oeddem yn gallu bod yn sicr mai chi ydyw yn {body}, felly mae’n rhaid i ni ofyn i chi.',
        differs: 'Nid yw’r hyn a ddywedodd {body} yr un peth â’r hyn a ddywedwyd wrthym fel arall, felly mae’n rhaid i ni ofyn i chi.',
      },
      first: {
        match: 'I ddod o hyd i’ch cofnod, byddwn yn gyntaf yn rhoi eich enw, eich dyddiad geni a’ch cyfeiriad i {body}. Dim ond os bydd un cofnod yno yn cyfateb, a dim un arall, y byddwn yn gwybod mai chi ydyw.',
        'sign-in': 'Byddwch yn mewngofnodi yn {body} yn gyntaf, fel y byddwn yn gwybod pa gofnod yw’ch un chi. Yna byddwch yn dod yn ôl yma.',
      },
    },
    information: {
      title: 'Eich gwybodaeth', back: 'Yn ôl i’ch cyfrif', 'back-to-all': 'Yn ôl i’ch gwybodaeth', 'back-to-form': 'Yn ôl i ble’r oeddech', contents: 'Ar y dudalen hon',
      yes: 'Ydy', no: 'Nac ydy',
      looked: {
        title: 'Pwy edrychodd', older: 'Pwy edrychodd cyn hynny', none: 'Nid oes neb wedi gofyn am eich gwybodaeth, ac nid ydym wedi gofyn i neb amdani. Pan fydd hynny’n digwydd, bydd yma.',
        introduction: 'Bob tro y bydd un corff cyhoeddus yn gofyn i un arall amdanoch, bydd y ddau’n ei gofnodi cyn i ddim gael ei ddweud. Y diweddaraf sydd gyntaf.',
        asked: 'Gofynnwyd gan: {asker}. Gofynnwyd i: {holder}', 'by-officer': 'Edrychodd swyddog ({asker}) ar yr hyn sydd gan: {holder}', because: 'Rheswm y swyddog', what: 'Beth', why: 'Pam', 'why-words': 'Er mwyn {purpose}', rule: 'Yn ôl pa reol', 'rule-name': '{name}, fersiwn {version}', told: 'Dywedwyd', refused: 'Ni ddywedwyd', waiting: 'Yn aros am ateb',
        proof: 'Gweld y prawf', 'proof-of': 'ar gyfer {when}', stop: 'Stopio hyn',
      },
      happened: {
        'choice-given': 'Caniatasoch hyn: {name}', 'choice-withdrawn': 'Stopioch hyn: {name}', linked: 'Cysylltwyd eich cofnodion yma ac yn {name}', unlinked: 'Dilëwyd cysylltiad eich cofnodion yma ac yn {name}', disputed: 'Dywedasoch fod rhywbeth yn anghywir', corrected: 'Cywirwyd rhywbeth', 'found-right': 'Canfuwyd bod rhywbeth y dywedasoch ei fod yn anghywir yn gywir', erased: 'Dileodd {name} yr hyn a ddaliai amdanoch', 'change-told': 'Dywedasom wrth gorff arall yr hyn a ddywedasoch wrthym unwaith', 'change-heard': 'Dywedodd corff arall wrthym yr hyn a ddywedasoch wrtho unwaith', with: 'Y corff arall',
        by: { adviser: 'Cynghorydd a’i gwnaeth ar eich rhan.', peer: 'Gwnaethoch hyn gyda’r corff hwn: {body}.' }, 'said-by': 'Y corff hwn a ddywedodd hynny: {body}.', receipt: 'Gweld y dderbynneb',
      },
      proved: {
        'both-sides': 'Wedi’i brofi ar y ddwy ochr', 'not-sent': 'Fe’i stopiwyd gennym cyn i ddim gael ei anfon, felly dim ond gennym ni y mae cofnod.', waiting: 'Rydym wedi gofyn ac yn aros am yr ateb.', telling: 'Rydym yn dweud wrth y corff hwn, ac yn aros nes iddo ddweud ei fod ganddo: {body}.',
        comparing: 'Mae gennym gofnod, ac rydym yn edrych a oes gan y corff hwn yr un peth: {body}.', 'not-shown': 'Dim ond gennym ni y mae cofnod hyd yn hyn: nid yw’r corff hwn wedi dangos ei gofnod ei hun eto: {body}.', 'never-shown': 'Dim ond gennym ni y mae cofnod: nid yw’r corff hwn wedi dangos ei gofnod ei hun ers wythnos: {body}.', 'never-told': 'Nid oes gan y corff hwn gofnod o ddweud hyn wrthym: {body}.',
        'never-heard': 'Gofynasom ac ni chlywsom erioed.', 'never-received': 'Nid oes gan y corff hwn gofnod o dderbyn yr hyn a ddywedasom wrtho: {body}.', 'theirs-alone': 'Dywed y corff hwn iddo ddweud wrthym, ac nid oes gennym gofnod o’i dderbyn: {body}.',
      },
      shared: {
        title: 'Yr hyn y gellir ei rannu', none: 'Nid oes dim y cawn ei rannu amdanoch.', introduction: 'Nid oes angen rheswm arnoch, nid oes terfyn amser, ac nid yw’r hyn a gewch gennym yn dibynnu arno oni bai ei fod yn dweud hynny yma.', 'to-be-reminded': 'Unwaith y flwyddyn byddwn yn eich atgoffa o’r hyn rydych wedi’i ganiatáu.', reminded: 'Gwnaethom eich atgoffa o’r hyn rydych wedi’i ganiatáu ar {date}. Byddwn yn gwneud hynny unwaith y flwyddyn.',
        on: 'Ymlaen', off: 'I ffwrdd', 'on-law': 'Ymlaen: yn ofynnol yn ôl y gyfraith',
        state: {
          asked: 'Ni chaiff dim ei rannu oni bai eich bod yn ei ganiatáu.', given: 'Caniatasoch hyn ar {date}.', consented: 'Rhoesoch eich cydsyniad ar {date}.', withdrawn: 'Stopioch hyn ar {date}.', changed: 'Caniatasoch hyn ar {date}. Mae’r hyn a rennir, neu’r rheswm dros ei rannu, wedi newid ers hynny, felly rydym yn gofyn i chi eto.', unasked: 'Caiff hyn ei rannu oni bai eich bod yn ei stopio.', elsewhere: 'Caniatasoch hyn yn rhywle arall ({bodies}), a rhoesom yr hyn y gofynnwyd amdano ar {date}. Gallwch ei stopio yma.',
          law: 'Mae’r gyfraith yn mynnu hyn, felly ni ellir ei stopio.', ended: 'Nid yw’r cytundeb hwn mewn grym. Ni chaiff dim ei rannu yn ei ôl.',
          kept: 'Rydym yn dal i gadw’r hyn a ddywedwyd drwyddo o’r blaen, ac yn ei ddefnyddio fel na ofynnir i chi eto.', 'kept-stopped': 'Rydym yn dal i gadw’r hyn a ddywedwyd drwyddo o’r blaen. Gwnaethoch stopio hyn ar {date}, felly nid ydym yn ei ddefnyddio.',
        },
        benefit: 'Beth yw ei fudd', saved: 'Ers {date} mae wedi arbed i chi orfod ei brofi: {count, plural, one {unwaith} two {ddwywaith} other {# o weithiau}}.', 'saved-capped': 'Ers {date} mae wedi arbed i chi orfod ei brofi, o leiaf: {count, plural, one {unwaith} two {ddwywaith} other {# o weithiau}}.',
        'if-stopped': 'Os stopiwch', 'if-allowed': 'Os caniatewch', 'without-it': 'Beth y gallwch ei wneud yn lle hynny', undone: 'Yr hyn a rannwyd eisoes', because: 'Pam nad oes dewis',
        'kept-title': 'Heb ei rannu mwyach, ond yn dal i gael ei gadw', 'stops-kept': 'Ni ddefnyddir eto yr hyn rydym yn dal i’w gadw ohono o’r eiliad y pwyswch.',
        'stops-here': 'Mae’n stopio yma yr eiliad y pwyswch.', 'starts-here': 'O hynny ymlaen gellir ei rannu. Gallwch ei stopio ar unrhyw adeg.', 'stops-there': 'Mewn mannau eraill ({bodies}) mae’n stopio o fewn eiliadau, ac o fewn {within} fan bellaf os na ellir eu cyrraedd.',
        minutes: '{count, plural, one {# munud} two {# funud} other {# munud}}', hours: '{count, plural, one {# awr} other {# awr}}',
        rule: 'Y cytundeb', agreed: 'Mewn grym', version: 'Fersiwn {version}, tan {until}', law: 'Cyfraith', 'kept-for': 'Fe’i cedwir am', period: { D: '{count, plural, one {# diwrnod} two {# ddiwrnod} other {# diwrnod}}', W: '{count, plural, one {# wythnos} other {# wythnos}}', M: '{count, plural, one {# mis} two {# fis} other {# mis}}', Y: '{count, plural, one {# flwyddyn} two {# flynedd} other {# o flynyddoedd}}' },
        stop: 'Stopio', allow: 'Caniatáu', 'look-at': 'Stopio neu ganiatáu', 'read-more': 'Darllen mwy', changed: 'Mae’r geiriau hyn wedi newid ers i chi agor y dudalen. Ni wnaed dim. Darllenwch hwy a phwyswch eto.',
        'in-account': 'Gweld pwy edrychodd ar eich gwybodaeth, a beth y gellir ei rannu',
      },
      'on-withdrawal': {
        'stop-using': 'Ni ddefnyddir eto yr hyn a rannwyd o’r blaen.', 'keep-what-was-decided': 'Mae’r hyn a benderfynwyd gyda’r hyn a rannwyd o’r blaen yn sefyll. Ni ellir dadwneud hynny.', delete: 'Caiff yr hyn a rannwyd o’r blaen ei ddileu. Ni ellir dadwneud hynny.',
      },
      receipt: {
        title: { given: 'Caniatawyd', withdrawn: 'Stopiwyd' }, reference: 'Eich cyfeirnod', when: 'Pryd', what: 'Beth', who: 'Pwy bwysodd', by: { resident: 'Chi', adviser: 'Cynghorydd, ar eich rhan' }, words: 'Yr hyn a ddarllenoch cyn hynny', now: 'Beth sy’n digwydd nawr',
        download: 'Lawrlwytho’r dderbynneb (JSON, ISO/IEC TS 27560)', kept: 'Rydym yn cadw’r dderbynneb hon. Gallwch ddod o hyd iddi eto dan “Pwy edrychodd”.', undo: 'Os newidiwch eich meddwl', 'not-last': 'Rydych wedi dewis yn wahanol ers hynny.',
      },
      held: {
        title: 'Yr hyn sydd gennym', none: 'Nid oes gennym ddim amdanoch y caiff cyrff cyhoeddus eraill ofyn amdano.', partial: 'Nid yw un o’n cofnodion yn ateb ar hyn o bryd, felly gall rhywbeth fod ar goll yma.', what: 'Beth', value: 'Yr hyn sydd gennym', source: 'O ble', 'a-record': 'Un o’n cofnodion', 'as-of': '{source}, ar {date}',
        wrong: 'Mae’n anghywir', disputed: 'Dywedasoch ei fod yn anghywir. Ni ddywedwn wrth neb nes i ni eich ateb.', 'not-known': 'Nid oes gennym ddim nawr', 'too-old': 'Mae’n rhy hen: ni ddywedwn wrth neb, a gofynnwn i chi pan fydd ei angen.', answered: 'Dywedasoch ei fod yn anghywir, ac mae gennych ateb.', see: 'Gweld beth ddaeth ohono', 'do-not-keep': 'Peidio â chadw hyn',
      },
      kept: {
        title: 'Peidio â chadw hyn: {what}?', told: 'Dywedoch hyn wrthym ar {date}.', what: 'Byddwn yn dileu’r hyn a ddywedoch wrthym am hyn, ac yn gofyn i chi eto pan fydd ei angen ar wasanaeth. Bydd yr hyn rydych wedi’i anfon atom yn aros fel yr anfonoch ef.', button: 'Peidio â chadw hyn',
      },
      'tell-once': {
        link: 'Dweud unwaith eich bod wedi symud', title: 'Dweud unwaith eich bod wedi symud', introduction: 'Rhowch eich cyfeiriad newydd unwaith. Ar y dudalen nesaf gwelwch pwy fyddai’n cael gwybod, a dewis. Ni chaiff neb wybod cyn i chi bwyso.', latest: 'Gweld gan bwy y mae’r hyn a ddywedasoch ar {date}',
        address: 'Eich cyfeiriad newydd', line1: 'Llinell gyfeiriad 1', line2: 'Llinell gyfeiriad 2 (dewisol)', town: 'Tref neu ddinas', postcode: 'Cod post', continue: 'Parhau', who: 'Pwy fydd yn cael gwybod?', 'change-address': 'Newid y cyfeiriad', to: 'Dweud wrth y rhain', 'to-hint': 'Dad-diciwch unrhyw un nad yw i gael gwybod.', press: 'Dweud wrthynt',
        nobody: 'Nid oes neb y caniateir dweud wrtho fel hyn ar hyn o bryd.', 'not-told': 'Y rhai na chaniateir dweud wrthynt', failed: { choice: 'Nid ydych wedi dweud y caniateir rhannu hyn. Pan fyddwch yn ei ganiatáu, dewch yn ôl a dweud wrthynt.' },
        told: 'Gan bwy y mae eich cyfeiriad newydd', 'told-on': 'Dywedasoch wrthym ar {when}.', 'come-back': 'Cewch hyd i’r dudalen hon eto yn “Eich gwybodaeth”. Dywedir eto ac eto wrth y rhai na ellid eu cyrraedd nes iddynt ei gael.', gone: 'Rhywbeth nad yw gennym bellach',
        states: { waiting: 'Heb gael gwybod eto', arrived: 'Wedi cael gwybod, heb gadarnhau eto', confirmed: 'Wedi cadarnhau', 'turned-down': 'Ni ddywedwyd', superseded: 'Disodlwyd gan yr hyn a ddywedasoch wedyn' },
        errors: { line1: 'Rhowch linell gyfeiriad 1, er enghraifft, y rhif a’r stryd', town: 'Rhowch y dref neu’r ddinas', postcode: 'Rhowch god post llawn, fel ZZ99 1AA', 'too-long': 'Rhowch 100 nod neu lai', to: 'Dewiswch pwy sydd i gael gwybod' },
      },
      wrong: {
        title: 'A yw hyn yn anghywir: {what}?', said: 'Dywedasoch fod hyn yn anghywir: {what}', what: 'Os dywedwch hynny, ni ddywedwn wrth neb arall amdano o’r eiliad honno ymlaen.', since: 'Dywedasoch hynny ar {date}. Ers hynny nid ydym yn dweud wrth neb amdano.',
        next: 'Byddwn yn edrych arno ac yn eich ateb. Os yw’n anghywir, byddwn yn ei gywiro ac yn dweud wrth y rhai y dywedasom wrthynt.', button: 'Mae’n anghywir',
        answered: 'Ein hateb: {what}', due: 'Cewch ateb erbyn {date}.', late: 'Dylech fod wedi cael ateb erbyn {date}. Mae’n ddrwg gennym ei fod yn cymryd mwy o amser.', was: 'Dywedasoch ar {date} fod hyn yn anghywir.', still: 'A yw’n anghywir o hyd?', again: 'Mae’n anghywir o hyd',
        passed: 'Cawsom hyn gan y corff hwn: {body}. Byddant hwy’n edrych arno ac yn eich ateb.', 'passed-known': 'Maent yn gwybod amdano ers {date}.', 'passed-not-yet': 'Nid oedd modd eu cyrraedd eto. Rhown gynnig arall arni nes eu bod yn gwybod.',
        'answer-of': 'Ateb y corff hwn: {body}, {date}', outcome: { corrected: 'Roedd yn anghywir, ac fe’i cywirwyd.', right: 'Edrychwyd arno, ac mae’n gywir.' },
        'told-title': 'Pwy gafodd wybod ei fod yn anghywir', 'told-none': 'Nid oedd neb a all ei gadw o hyd wedi’i gael.', 'told-known': 'Cadarnhawyd hynny ganddynt ar {date}.', 'told-not-yet': 'Nid ydynt wedi cadarnhau eto. Rhown gynnig arall arni nes iddynt wneud.', 'told-unknown': 'Nid ydynt yn adnabod neb wrth yr enw oedd gan y ddau ohonom amdanoch, felly nid ydynt yn cadw dim ohono.',
        step: { asked: 'Ar {date} gofynnodd y corff hwn rywbeth i chi: {body}.', paused: 'Ar {date} gofynnodd y corff hwn i chi ddangos pwy ydych: {body}.', resumed: 'Ar {date} cafodd y corff hwn yr hyn y gofynnodd amdano: {body}.', extended: 'Ar {date} dywedodd y corff hwn fod arno angen dau fis arall: {body}.' },
        paused: 'Mae’r amser ar gyfer yr ateb yn sefyll nes ei bod yn sicr mai chi sy’n dweud hyn. O hynny ymlaen cewch ateb o fewn {months, plural, one {mis} two {# fis} other {# mis}}.',
        'due-of': 'Cewch ateb gan y corff hwn erbyn {date}: {body}.', 'late-of': 'Dylech fod wedi cael ateb gan y corff hwn erbyn {date}: {body}. Mae’n ddrwg gennym ei fod yn cymryd mwy o amser.', 'paused-of': 'Mae’r amser ar gyfer ateb y corff hwn yn sefyll nes ei bod yn sicr mai chi sy’n dweud hyn: {body}. O hynny ymlaen cewch yr ateb o fewn {months, plural, one {mis} two {# fis} other {# mis}}.',
        news: {
          asked: 'Dywedasoch fod hyn yn anghywir: {what}. Mae’r corff hwn yn gofyn rhywbeth i chi cyn i chi gael ateb, erbyn {due}: {body}.', paused: 'Dywedasoch fod hyn yn anghywir: {what}. Mae’r corff hwn yn gofyn i chi ddangos pwy ydych: {body}. Mae’r amser y mae’n rhaid i chi gael ateb ynddo yn dechrau pan fydd hynny’n sicr.',
          resumed: 'Dywedasoch fod hyn yn anghywir: {what}. Mae gan y corff hwn yr hyn y gofynnodd i chi amdano: {body}. Cewch ateb erbyn {due}.', extended: 'Dywedasoch fod hyn yn anghywir: {what}. Mae ar y corff hwn angen dau fis arall: {body}. Cewch ateb erbyn {due}.',
        },
      },
      failed: failedCy,
      proof: {
        title: 'Prawf un llinell', entry: 'Cofnod {index} yn ein log', 'entry-received': 'Cofnod {index} yn ein log: daeth yr ateb', when: 'Pryd', question: 'Crynodeb o’r hyn a ofynnwyd', answer: 'Crynodeb o’r hyn a atebwyd', none: 'Dim',
        what: 'Rhestr y gellir ond ychwanegu llinellau ati yw ein log. Nid oes gwerth nac enw mewn llinell: dim ond pwy a olygir, dan farc na all neb arall ei gyfrifo, a chrynodebau o’r hyn a ofynnwyd ac a atebwyd. Rhif sy’n newid pan newidir un llythyren yw crynodeb.',
        leaf: 'Y llinell fel y mae yn ein log', checkpoint: 'Pa mor bell y mae ein log wedi cyrraedd', 'checkpoint-what': 'Ei enw, faint o linellau sydd ynddo, un rhif ar gyfer pob un ohonynt gyda’i gilydd, a’n llofnod. Mae cyrff eraill yn cadw’r rhain: pe baem yn newid llinell wedyn, ni fyddai eu rhai hwy a’n rhai ni yn cyd-fynd.',
        how: 'Sut i’w wirio eich hun',
        steps: {
          checkpoint: 'Cael ein pwynt gwirio wedi’i lofnodi', keys: 'Cael ein hallwedd gyhoeddus', proof: 'Cael y rhifau sy’n arwain o’r llinell hon at y pwynt gwirio', 'proof-received': 'Cael y rhifau sy’n arwain o linell yr ateb at y pwynt gwirio',
          compute: 'Cyfrifwch hash y llinell fel y mae uchod, a gyda’r lleill y rhif yn y pwynt gwirio (RFC 9162, adran 2.1.3). Os yw’r un fath, mae’r llinell yn ein log ac nid oes neb wedi’i newid.',
          digest: 'Gall pwy bynnag sydd â’r cwestiwn neu’r ateb gyfrifo ei grynodeb (RFC 9530). Os yw’r un fath, dyna a ofynnwyd neu a atebwyd.',
        },
      },
    },
  },
});
