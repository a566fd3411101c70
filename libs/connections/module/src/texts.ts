import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const connectionsDeskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Connections', title: 'Connections',
      introduction: 'The systems that this council’s services work with. Each is looked at every quarter of an hour.',
      'all-connected': 'All {count} are connected.', unconnected: '{count, plural, one {# is not connected} other {# are not connected}}. What to do is said beside it.',
      looked: 'Every system was looked at just now.', 'checked-at': 'Looked at last: {when}', look: 'Look again now',
      none: 'Nobody has looked yet. The first look comes within a quarter of an hour, or press the button.',
      system: 'System', state: 'State', since: 'Since', found: 'What was found',
      connected: 'Connected', 'not-connected': 'Not connected', sandbox: 'For practice: nothing of it is real',
      capability: { identity: 'Signing in', payments: 'Payments', notifications: 'Messages', addresses: 'Addresses', documents: 'Documents', 'back-office': 'Back office', subscriptions: 'Other systems', other: 'Other' },
    },
  },
});
