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
      capability: { identity: 'Signing in', payments: 'Payments', notifications: 'Messages', addresses: 'Addresses', documents: 'Documents', 'back-office': 'Back office', sharing: 'Sharing', subscriptions: 'Other systems', configuration: 'Configuration', other: 'Other' },
    },
  },
  cy: {
    desk: {
      area: 'Cysylltiadau', title: 'Cysylltiadau',
      introduction: 'Y systemau y mae gwasanaethau’r cyngor hwn yn gweithio gyda nhw. Edrychir ar bob un bob chwarter awr.',
      'all-connected': 'Mae pob un o’r {count} wedi’i gysylltu.', unconnected: '{count, plural, one {Nid yw # wedi’i gysylltu} other {Nid yw # wedi’u cysylltu}}. Dywedir wrth ei ymyl beth i’w wneud.',
      looked: 'Edrychwyd ar bob system nawr.', 'checked-at': 'Edrychwyd ddiwethaf: {when}', look: 'Edrych eto nawr',
      none: 'Nid oes neb wedi edrych eto. Daw’r edrychiad cyntaf o fewn chwarter awr, neu pwyswch y botwm.',
      system: 'System', state: 'Cyflwr', since: 'Ers', found: 'Yr hyn a ganfuwyd',
      connected: 'Wedi’i gysylltu', 'not-connected': 'Heb ei gysylltu', sandbox: 'Ar gyfer ymarfer: nid oes dim ohono’n real',
      capability: { identity: 'Mewngofnodi', payments: 'Taliadau', notifications: 'Negeseuon', addresses: 'Cyfeiriadau', documents: 'Dogfennau', 'back-office': 'Swyddfa gefn', sharing: 'Rhannu', subscriptions: 'Systemau eraill', configuration: 'Ffurfweddiad', other: 'Arall' },
    },
  },
});
