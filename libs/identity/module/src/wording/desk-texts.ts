import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What only officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      title: 'Sign in to the desk',
      intro: 'For council staff. Use your work account.',
      'no-way': 'This council has set up no way for staff to sign in. Add one to officers in council.config.ts.',
      'failed-title': 'You are not signed in',
      'not-an-officer': 'This account is not registered as an officer’s. Ask your team manager to have it added, then try again.',
      again: 'Try again',
    },
    credentials: {
      area: 'Credentials', title: 'Credentials of other systems',
      introduction: 'With a credential another system may use this app’s interfaces (APIs). It may do what is named here, and nothing else.',
      none: 'No other system has a credential', 'none-text': 'A neighbouring council that takes payments here, a document store or a reporting tool needs one before it can use this app’s interfaces.',
      add: 'Give a system a credential', back: 'Back to credentials', cancel: 'Cancel',
      name: 'System', id: 'Name in the records', may: 'What it may do', 'may-count': '{count, plural, one {# thing} other {# things}}', state: 'State', until: 'Works until', since: 'First given', 'ended-at': 'Ended',
      'earlier-until': 'The secret before this one may still be used until {until}.',
      states: { works: 'Works', 'ends-soon': 'Ends soon', over: 'Run out', ended: 'Ended' },
      'soon-text': 'It stops working at {until}. Make a new secret before then, and hand it over.', 'over-text': 'It has run out: the system can do nothing here. Make a new secret if it is still needed.', 'ended-text': 'It was ended: the system can do nothing here. A new secret lets it in again.',
      renew: 'Make a new secret', end: 'End it', 'was-ended': 'The credential is ended. It stops working within seconds.',
      form: {
        title: 'Give a system a credential', name: 'What is the system?', 'name-hint': 'For example, Parking permits',
        id: 'Its name in the records', 'id-hint': 'For example, parking-permits. Lower-case letters, digits and hyphens. What the system does is recorded by this name, which cannot be changed.',
        may: 'What may it do?', 'may-hint': 'Give it only what it needs. You can give what you may do yourself.', lasts: 'How long does it work?', 'lasts-hint': 'Make it a new secret before it ends: the one before works for another day, so that nothing stops.',
        confirm: 'Make the credential',
      },
      lasts: { quarter: '90 days', 'half-year': '180 days', year: '1 year' },
      mistakes: {
        'title-missing': 'Enter what the system is, in 200 characters or less', 'id-wrong': 'Enter its name in the records, in 3 to 60 lower-case letters, digits and hyphens, beginning with a letter', 'id-taken': 'There is a system with this name already. Choose another name, or make that one a new secret',
        'permissions-missing': 'Choose at least one thing that it may do', 'lasts-missing': 'Choose how long it works', 'not-yours-to-give': 'This system may do something that you may not do yourself. Ask somebody who may',
      },
      secret: {
        title: 'The credential of {title}', warning: 'Copy this now: it is shown once. Nobody can read it again.', text: 'Hand it over in a way that nobody else can read, not by email. Whoever has it can do here what the system may do.', value: 'Credential',
        how: 'The system sends it with every request:', done: 'I have copied it',
      },
      'renew-title': 'Make a new secret for {title}?', 'renew-text': 'The secret that it has now works for another day. If somebody else may know it, end the credential first: then it stops at once.',
      'end-title': 'End the credential of {title}?', 'end-text': 'The system can do nothing here from then on, with any secret it has. You can let it in again with a new one.', 'end-confirm': 'End the credential',
    },
  },
});
