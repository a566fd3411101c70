import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Other systems',
      title: 'Other systems that are told what happens',
      introduction: 'Each of these is sent a signed message when something that it wants to know of has happened. It is told ids and facts, never who somebody is.',
      none: 'No other system is told anything',
      'none-text': 'A document store, a bin lorry’s computer or a data warehouse can be told when a case is opened, moved or paid for.',
      add: 'Tell another system', events: 'See what can be told', back: 'Back to other systems', 'back-to-one': 'Back to {title}',
      name: 'System', address: 'Address', state: 'State', told: 'Is told of', delivered: 'Last delivered', never: 'Nothing yet', version: 'Version', created: 'Told since',
      'all-events': 'Everything', 'all-of': 'Everything of “{module}”', 'case-types': 'Only cases of', 'all-case-types': 'Every kind',
      states: { active: 'Told', paused: 'Paused', disabled: 'Stopped' },
      stopped: { gone: 'It said that it is gone for good (410), so nothing more is sent to it. Resume it when it is back.', failing: 'Nothing had arrived there for five days, so nothing more is sent to it. Find out why, then resume it.' },
      failing: 'Nothing has arrived there since {since}. It is tried again now and then.', waits: 'The next try is at {until}.',
      paused: 'What happens is kept for it and is sent when you resume it.',
      actions: { edit: 'Change what it is told of, or where', pause: 'Pause', resume: 'Resume', test: 'Send a test', secret: 'Show the secret', roll: 'Change the secret', remove: 'Remove', deliveries: 'See what was sent', replay: 'Send a period again' },
      results: {
        created: 'The system will be told from now on. Give it the secret, then send it a test.', changed: 'Your changes are kept.', paused: 'It is paused. What happens is kept for it.', resumed: 'It is told again.', removed: 'The system is no longer told anything.',
        'test-arrived': 'The test arrived.', 'test-failed': 'The test did not arrive. See below what went wrong.', 'sent-again': 'It will be sent again now.', 'nothing-to-send': 'There was nothing to send again.', changed_meanwhile: 'Somebody else has changed this meanwhile. This is how it is now.',
        'is-stopped': 'Nothing can be sent while it is stopped. Resume it first.',
      },
      form: {
        'title-new': 'Tell another system', 'title-edit': 'Change {title}',
        title: 'What do you call the system?', 'title-hint': 'For example, Bin lorries',
        url: 'To which address are messages sent?', 'url-hint': 'Its makers give you this. It begins with https:// and is on the public internet.',
        events: 'What is it told of?', 'events-hint': 'Tell it only what it needs.', 'everything-of': 'Everything of “{module}”, also what will be added',
        'case-types': 'Which kinds of case?', 'case-types-hint': 'Choose none for every kind. With a kind chosen, it is told only what names a case of that kind.',
        save: 'Save', cancel: 'Cancel',
        'title-missing': 'Enter what you call the system, in 100 characters or less', 'url-missing': 'Enter the address, in 500 characters or less', 'events-missing': 'Choose at least one thing that it is told of', unknown: 'One of the choices is no longer there. Choose again.',
      },
      remove: { title: 'Remove {title}?', text: 'It is told nothing from now on, and what waits for it is not sent. This cannot be undone.', confirm: 'Remove' },
      secret: {
        title: 'The secret of {title}', text: 'By this the system knows that a message comes from you. Hand it over in a way that nobody else can read, not by email. That you have seen it is on record.', value: 'Secret',
        'roll-title': 'Change the secret of {title}?', 'roll-text': 'You get a new secret to hand over. For how long may the old one still be used?', day: 'For 24 hours, so that the system can be changed without missing anything', 'at-once': 'Not at all: somebody else may know it', 'roll-missing': 'Choose for how long the old secret may still be used', confirm: 'Change the secret',
        'former-until': 'The old secret may be used until {until}.',
      },
      deliveries: {
        title: 'What was sent to {title}', none: 'Nothing has been sent yet', 'none-text': 'Messages appear here as soon as something happens that the system is told of.', 'none-of-state': 'There is nothing of this kind', filter: 'Which',
        all: 'All', waiting: 'Waiting', 'delivered': 'Delivered', dead: 'Given up', event: 'What', subject: 'About', when: 'Happened', tries: 'Tries', 'next-try': 'Next try', 'last-try': 'Last try', settled: 'Settled', why: 'What went wrong', nothing: 'Nothing', test: 'Test',
        retry: 'Send all that were given up again', 'send-again': 'Send again', 'what-is-sent': 'What is sent',
        'tries-count': '{count, plural, =0 {Not tried yet} one {# try} other {# tries}}',
        failure: { status: 'It answered {status}', timeout: 'It did not answer in time', unreachable: 'No connection', certificate: 'Its certificate is not good', 'not-public': 'Its address leads into a private network', disabled: 'The system was stopped' },
        states: { waiting: 'Waiting', delivered: 'Delivered', dead: 'Given up' },
      },
      replay: {
        title: 'Send a period again to {title}', text: 'Use this when the system has lost something. What it still has it knows again, and takes no second time.', since: 'Since when?', hour: 'In the last hour', day: 'In the last 24 hours', week: 'In the last 7 days', month: 'All that is kept',
        which: 'What?', 'not-delivered': 'Only what did not arrive', all: 'Everything', confirm: 'Send again', missing: 'Choose since when', 'which-missing': 'Choose what is sent again',
      },
      catalogue: { title: 'What can be told', text: 'These come from the parts of this app. Each is sent with the fields named here, and nothing else.', type: 'Name', describes: 'What has happened', fields: 'Fields' },
    },
  },
});
