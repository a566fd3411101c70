import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Sharing',
      title: 'Agreements to share with other bodies',
      introduction: 'Each of these says who may ask whom what, why and by what law. Nothing is shared without one that all sides have signed.',
      none: 'There is no agreement yet',
      'none-text': 'First add the body that you want to share with and compare its keys. Then draft an agreement, or bring in one that somebody sent you.',
      'new': 'Draft an agreement', bring: 'Bring in a file', 'see-bodies': 'See the bodies you share with', 'see-register': 'See the public register', back: 'Back to agreements',
      agreement: 'Agreement', state: 'State', 'with-whom': 'With whom', 'is-for': 'For', until: 'Last day', review: 'Review by', unnamed: 'Draft without a name', 'not-said': 'Not said yet',
      states: { draft: 'Draft', 'to-sign': 'Waiting for us to sign', waiting: 'Waiting for the other side', 'to-come': 'Not begun yet', 'in-force': 'In force', 'review-due': 'Review due', ended: 'Ended' },
      results: {
        pinned: 'The body is known now. You can share with it as soon as there is an agreement.', 'guideline-taken': 'Their guideline is kept. Drafts are held against it from now on.', 'brought-in': 'The agreement is here as a draft. Read and check it before you sign.',
        signed: 'It is signed for us. Download the signed file, hand it to the other side, and bring in what comes back.', 'in-force': 'All sides have signed. The agreement is kept, and counts from its first day.', 'already-in-force': 'This agreement is here already, signed by all sides.',
        changed: 'Your changes are kept.', discarded: 'The draft is gone.', ended: 'The agreement has ended. Nothing is shared by it any more.', 'next-version': 'This draft begins with what is agreed now. Change what should change, then sign it.',
        'changed-meanwhile': 'Somebody else has changed this meanwhile. This is how it is now.', 'is-signed': 'It is signed already, so it cannot be changed. Throw it away and draft it again to change it.',
      },
      cancel: 'Cancel', continue: 'Continue', sentence: 'What residents are told', english: 'In English', welsh: 'In Welsh', said: 'What it says', change: 'Change', version: 'Version {version}', day: 'Day',
      fields: {
        name: 'Name', holders: 'Who tells', receivers: 'Who may ask', purpose: 'To', benefit: 'What residents gain', 'lawful-basis': 'Lawful basis', power: 'Legal power', attributes: 'What is shared', special: 'Condition for special-category data',
        children: 'Why data on children are needed', 'automated-decision': 'Decisions by machine alone', choice: 'What residents decide', 'without-it': 'What they can do instead', 'on-withdrawal': 'When somebody says no', from: 'First day', until: 'Last day', review: 'Review by',
        retention: 'What is told is kept for', dpia: 'Data protection impact assessment', channels: 'Asked by', assurance: 'What must have been found of the systems', contacts: 'Whom to ask', areas: 'Where', processors: 'Processors',
      },
      'none-needed': 'None is needed', 'no-machine': 'None', 'no-processors': 'None', channel: '{device} over {network}', assured: 'Principles {principles}, found met by {by} within {within}',
      'lawful-bases': { consent: 'Consent', contract: 'Contract', 'legal-obligation': 'Legal obligation', 'vital-interests': 'Vital interests', 'public-task': 'Public task', 'recognised-legitimate-interest': 'Recognised legitimate interest', 'legitimate-interests': 'Legitimate interests' },
      'special-conditions': {
        'explicit-consent': 'Explicit consent', 'employment-and-social-protection': 'Employment and social protection', 'vital-interests': 'Vital interests', 'not-for-profit': 'Not-for-profit bodies', 'made-public': 'Made public by the person', 'legal-claims': 'Legal claims',
        'substantial-public-interest': 'Substantial public interest', 'health-or-social-care': 'Health or social care', 'public-health': 'Public health', 'archiving-and-research': 'Archiving, research and statistics',
      },
      'choice-modes': { 'opt-in': 'Nothing is shared until they say yes', 'opt-out': 'It is shared until they say no', none: 'Nothing: the law leaves no choice' },
      'on-withdrawals': { 'stop-using': 'What was told is not used again', 'keep-what-was-decided': 'What was decided with it stands', delete: 'What was told is deleted' },
      networks: { internet: 'the internet', hscn: 'the Health and Social Care Network', internal: 'the body’s own network' },
      devices: { managed: 'An officer’s managed device', unmanaged: 'A device that nobody manages', server: 'A server' },
      levels: { self: 'the body itself', peer: 'another council', 'third-party': 'somebody independent', accredited: 'an accredited assessor' },
      periods: { D: '{count, plural, one {# day} other {# days}}', W: '{count, plural, one {# week} other {# weeks}}', M: '{count, plural, one {# month} other {# months}}', Y: '{count, plural, one {# year} other {# years}}' },
      'bring-in': {
        title: 'Bring in an agreement from a file', text: 'This takes an agreement that somebody drafted as a file, one that another body has signed, and one that comes back signed by all sides.',
        paste: 'Paste the file’s text', 'paste-hint': 'It begins with a curly bracket.', file: 'Or choose the file', confirm: 'Bring in',
        missing: 'Paste the text of the file, or choose the file', 'not-json': 'This is not JSON. Paste the whole file, from the first bracket to the last', 'too-long': 'This is longer than 200,000 characters. Choose another file',
      },
      bodies: {
        title: 'Bodies that you share with', none: 'No other body is known yet', 'none-text': 'To add one, ask it for the address of its node, open the page “sharing/body” there, and bring what it says.', add: 'Add a body', name: 'Body', address: 'Address of its node', since: 'Known since', 'its-guideline': 'Its guideline', 'no-guideline': 'Not here yet', back: 'Back to the bodies',
        us: 'This body', 'us-text': 'The other side adds you by what your node says of itself. Read out these fingerprints when they call you.', own: 'This is the document of this body itself. Paste the other one’s', id: 'Short name', log: 'Its log', keys: 'Keys', key: 'Key', good: 'Good', 'good-from': 'from {from}', 'good-until': 'from {from} to {until}', stolen: 'Not believed since {since}', 'new-key': 'New', fingerprint: 'Fingerprint (SHA-256)',
        'new-title': 'Add a body', 'new-text': 'Open the address of its node with “/body” at the end, and copy all that it shows.', compare: 'Compare the keys', document: 'What its node says of itself',
        'compare-title': 'Is this {body}?', 'compare-text': 'Call somebody at {body} on a number that you know already, not one from the document. Have them read out the fingerprint of each key. Only if every group is the same, go on.',
        'compare-known': 'This body is known already. What you confirm takes the place of what is known of it.', compared: 'I have compared every fingerprint by telephone, and they are the same', 'compared-missing': 'Confirm that you have compared every fingerprint', pin: 'Add this body',
        again: 'Bring in its new keys', guideline: 'Bring in its guideline', rules: 'What it holds to be right in sharing', 'taken-on': 'As it was on {date}', 'no-rules': 'Its guideline is not here, so nobody can say whether it would agree to something. Ask it for the file.',
      },
      lists: {
        title: 'Lists of bodies that you follow', text: 'Whoever is on one of these is known here without comparing keys by telephone. Which lists are followed stands in the configuration.', 'none-text': 'You follow no list: each body is added here after its keys were compared.',
        state: 'State', number: 'Number', 'number-of': '{serial}, issued on {issued}', names: 'Names', counts: '{members, plural, one {# body} other {# bodies}} and {assessors, plural, =0 {nobody who assesses} one {# assessor} other {# assessors}}',
        until: 'Good until', 'until-of': '{expires}; whoever is known by it, until {end}', asked: 'Last looked for', 'not-asked': 'Not yet', 'known-by': 'Known by', 'by-keys': 'Its keys, compared here', 'by-list': 'The list of {list}, until {until}', 'no-longer': 'No longer known: not by the list of {list} since {since}',
        'says-stolen': 'The list {list} says that somebody else may have had the key {keyid} since {since}. This body was added after its keys were compared, so the list changes nothing. Call the body, and bring in its new keys.', 'lacks-our-keys': 'The list does not have all our keys. Send whoever issues it what our node says of itself.',
        standings: {
          current: 'In force', ending: 'Ends within a week', 'ending-text': 'The list ends within a week, and no newer one is here. Ask whoever issues it.', expired: 'Has ended', 'expired-text': 'The list has ended. Whoever is known by it stays known for the days of grace; nobody new is.',
          void: 'Ended for good', 'void-text': 'The list and its days of grace have ended. Whoever is known only by it is not known any more.', none: 'Not here yet', 'none-text': 'No list is here that its issuer has signed.',
        },
        faults: {
          unreachable: 'It cannot be reached. What is here goes on.', 'not-public': 'Its address is not on the public internet. Name its origin in the setting privateNodes if it is in our own network.', 'no-answer': 'There is no list at its address at the moment. What is here goes on.', 'no-list': 'What is at its address is no list.', 'not-signed': 'What is at its address is not signed by its issuer. Call them.',
          'another-list': 'Another list is at its address.', older: 'What is at its address is older than what is here, and was not taken. Call whoever issues it.', 'two-of-one-number': 'Another list is at its address under the number of the one that is here, and was not taken. Call whoever issues it.',
        },
      },
      found: {
        title: 'What was found of its systems', asked: 'As it said at {at}.', 'not-asked': 'It has not been asked yet: bodies are asked with which there is an agreement.', nothing: 'Nobody whose word counts here has found anything.', principle: 'Principle', by: 'Found by', worth: 'How independent', result: 'Result', on: 'Looked at on',
        drifted: 'Was looked at before the system was changed', levels: { self: 'The body’s own word', peer: 'Another body', 'third-party': 'Somebody independent', accredited: 'Somebody accredited' }, results: { met: 'Met', 'partly-met': 'Met in part', 'not-met': 'Not met' },
      },
      guideline: { title: 'Bring in the guideline of {body}', text: 'Drafts are held against it, so that you see before they do where your rules differ.', confirm: 'Bring in' },
      check: {
        title: 'Check', law: 'What an agreement must have', 'law-text': 'From the Information Commissioner’s data sharing code and the UK GDPR.', holds: 'Holds', 'holds-not': 'Does not hold', 'all-hold': 'It has everything that an agreement must have.',
        incomplete: 'It is not complete yet, so it cannot be checked.', question: 'Can these two bodies share this, and if not, where do their rules differ?', yes: 'Yes. Nothing stands against it in the rules of any side.', no: 'Not as it is now. This stands against it:',
        uncertain: 'Nobody can say yet: the rules of one side are not here.', 'nothing-against': 'Nothing in the rules of {body} stands against it.', 'no-rules': 'The guideline of {body} is not here.', 'no-own-rules': '{body} has not said in its settings what it holds to be right.', 'bring-rules': 'Bring it in', 'go-on': 'Go on with the form',
      },
      differences: { title: 'What changes from version {version}', none: 'Nothing changes.' },
      signatures: { title: 'Signatures', body: 'Body', when: 'Signed', 'not-yet': 'Not yet', by: 'By {at}', 'by-hint': 'When each signature was first seen here.', missing: 'No longer good: the key has ended or was stolen' },
      sign: {
        title: 'Sign', text: 'You sign for {council} with its key. The other side can then sign the same text, and nobody can change it any more.', confirm: 'I may sign this agreement for {council}, and I have read it', 'confirm-missing': 'Confirm that you may sign this agreement', press: 'Sign',
        'hand-over': 'Hand it over', 'hand-over-text': 'Download the signed file and give it to the other side. When they have signed too, bring in the file that comes back.', download: 'Download the signed file', 'not-sound': 'It can be signed when everything that it must have is there, and our own rules have nothing against it.',
      },
      form: {
        progress: 'Page {number} of {steps}', save: 'Save and continue', optional: '{label} (optional)', 'in-welsh': '{label}, in Welsh', 'no-bodies': 'No other body is known yet', 'no-bodies-text': 'Add the body that you want to share with first, and compare its keys.', 'more-than-two': 'This agreement is between more than two bodies. To change them, download it as a file and bring it in again.',
        titles: { parties: 'Who shares with whom?', purpose: 'What is it for, and by what law?', items: 'What is shared?', choice: 'What do residents decide?', term: 'From when to when?', safeguards: 'How is it kept safe?', contacts: 'Whom can people ask?' },
        name: 'What is the agreement called?', 'name-hint': 'For example, Concessions for garden waste', other: 'Which body do you share with?', direction: 'Who tells whom?', 'they-tell': '{own} asks, and the other body tells', 'we-tell': 'The other body asks, and {own} tells',
        purpose: 'What is it for?', to: 'To {purpose}', benefit: 'What do residents gain?', 'benefit-hint': 'For example, No proof to upload, and decided now', 'lawful-basis': 'What is the lawful basis?', power: 'Which Act and section lets you?', 'power-hint': 'For example, Localism Act 2011, section 1', 'power-note': 'What else is there to say of the power?',
        attributes: 'Which items?', 'attributes-hint': 'Only what is needed. Yes or no is better than a copy.', sensitivities: { ordinary: 'Ordinary', sensitive: 'Sensitive', 'special-category': 'Special-category data: it needs a condition' }, special: 'Which condition lets you share special-category data?', 'no-special': 'None: there is no special-category data in it', 'special-ref': 'Which law or policy is that by?', 'special-ref-hint': 'Only where there is a condition',
        children: 'If data on children are in it, what is the compelling reason?', 'automated-decision': 'If a machine alone decides something with it, where is that recorded?', 'automated-decision-hint': 'Its record in the Algorithmic Transparency Recording Standard',
        mode: 'What do residents decide?', 'kept-because': 'Why is there no choice?', 'kept-because-hint': 'Only where the law leaves no choice', 'without-it': 'What can they do instead?', 'without-it-hint': 'For example, You can upload a letter instead', 'on-withdrawal': 'What happens with what was told when somebody says no?',
        from: 'Which day is the first?', until: 'Which day is the last?', review: 'By when is it reviewed?', 'review-hint': 'Within a year of the first day', 'date-hint': 'For example, 1 4 2027', parts: { day: 'Day', month: 'Month', year: 'Year' }, retention: 'For how long is kept what is told?', 'retention-unit': 'In', units: { D: 'days', W: 'weeks', M: 'months', Y: 'years' },
        'dpia-ref': 'What is the reference of the data protection impact assessment?', 'dpia-date': 'From which day is it?', channels: 'In which ways may be asked?', principles: 'Which of the 14 cloud security principles must the systems of both have been found to meet?', 'assured-by': 'Who must have found it?', within: 'How many days old may that be?',
        contact: 'Email address of whoever answers questions at {body}', areas: 'Where does it hold?', 'areas-hint': 'One area on each line: its code at the Office for National Statistics, then its name. For example, E07000999 Riverbourne', processors: 'Which companies process the data?', 'processors-hint': 'One on each line',
        errors: {
          'too-long': 'Enter 1,000 characters or less', 'nameEn-missing': 'Enter what the agreement is called', 'nameCy-missing': 'Enter what the agreement is called, in Welsh', 'other-missing': 'Choose which body you share with', 'direction-missing': 'Choose who tells whom', 'purpose-missing': 'Choose what it is for',
          'benefitEn-missing': 'Enter what residents gain', 'benefitCy-missing': 'Enter what residents gain, in Welsh', 'lawfulBasis-missing': 'Choose the lawful basis', 'powerRef-missing': 'Enter the Act and section', 'attributes-missing': 'Choose at least one item', 'special-missing': 'Choose a condition, or that there is no special-category data', 'specialRef-missing': 'Enter the law or policy',
          'mode-missing': 'Choose what residents decide', 'keptBecauseEn-missing': 'Enter why there is no choice', 'keptBecauseCy-missing': 'Enter why there is no choice, in Welsh', 'withoutItEn-missing': 'Enter what they can do instead', 'withoutItCy-missing': 'Enter what they can do instead, in Welsh', 'onWithdrawal-missing': 'Choose what happens with what was told',
          'from-missing': 'Enter the first day, like 1 4 2027', 'until-missing': 'Enter the last day, like 31 3 2028', 'review-missing': 'Enter the day of the review, like 1 3 2028', 'retention-missing': 'Enter for how long, as a whole number', 'retentionUnit-missing': 'Choose days, weeks, months or years',
          'dpiaRef-missing': 'Enter the reference of the assessment', 'dpiaDate-missing': 'Enter the day of the assessment, like 2 2 2027', 'channels-missing': 'Choose at least one way', 'principles-missing': 'Choose at least one principle', 'assuredBy-missing': 'Choose who must have found it', 'within-missing': 'Enter how many days, as a whole number',
          'contact-missing': 'Enter an email address', 'contact-wrong': 'Enter an email address like data@riverbourne.example', 'areas-missing': 'Enter a code and a name on each line, like E07000999 Riverbourne',
        },
      },
      document: 'Download as a file (JSON)', discard: 'Throw this draft away',
      'discard-page': { title: 'Throw this draft away?', text: 'It cannot be had back.', 'text-signed': 'It cannot be had back. It is signed for us: if the other side has the signed file, it can still sign it, and send it back to you.', confirm: 'Throw away' },
      one: {
        objections: 'Our own rules are against this agreement, so nothing is told by it: {objections}', 'is-ended': 'It ended on {date}. Nothing is shared by it.', 'review-due': 'It was to be reviewed by {date}. Agree a new version, or end it.', next: 'Agree a new version', end: 'End this agreement', register: 'Download the 18 fields of the register (CSV)', envelope: 'Download with its signatures (JSON)', downloads: 'Downloads',
      },
      end: {
        title: 'End {name}?', text: 'From today, {date}, nothing is asked or told by it any more here. What was told before stays with whoever was told, for as long as the agreement says. The other side is not told by this: tell them. This cannot be undone; to share again you agree a new version.',
        confirm: 'I want to end this agreement today', 'confirm-missing': 'Confirm that you want to end this agreement', press: 'End the agreement',
      },
      figures: {
        title: 'How much is shared', text: 'In the last twelve months. Counted from the log up to {at}. Numbers from 1 to 4 are only shown as fewer than 5, so that nobody can be recognised.', 'not-counted': 'Nothing has been counted yet. The log is counted every hour.', 'few': 'Fewer than 5',
        told: 'Questions that were answered', refused: 'Questions that were refused', 'said-no': 'Times that somebody said no', reasons: 'Why questions were refused', 'reasons-text': 'One question can be refused for several reasons.', 'no-reasons': 'No question was refused.', month: 'Month', reason: 'Reason', questions: 'Questions', times: 'Times',
        checks: {
          signature: 'The signature', log: 'The other side’s log', trust: 'The body is not known', agreement: 'No such agreement', 'in-force': 'Not in force', parties: 'Not between these bodies', purpose: 'Another purpose', attributes: 'More than was agreed', because: 'No reason given', power: 'No legal power',
          choice: 'The resident’s choice', 'choice-fresh': 'Choice looked at too long ago', channel: 'The way of asking', assurance: 'Assurance is missing', guidelines: 'Against a guideline', subject: 'Not sure who is meant', dispute: 'Disputed by the resident',
        },
      },
      information: {
        title: '{name}: who looked, and what may be shared', 'title-nameless': 'Who looked at this person’s information, and what may be shared', panel: 'Sharing with other bodies', 'panel-link': 'See who looked, stop or allow',
        read: 'This is what the resident reads. “You” is the resident. Read it to them before you press.', back: 'Back to all of this person’s information',
        authority: 'On whose authority do you do this?', 'authority-hint': 'The resident sees that an adviser did it. The authority and the checks are kept.', checks: 'What did you check?', 'error-authority': 'Choose on whose authority you do this',
      },
    },
  },
});
