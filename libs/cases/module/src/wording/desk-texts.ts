import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Worklist',
      worklist: {
        title: 'Worklist', views: 'Which cases',
        mine: 'Mine', team: 'My team', unassigned: 'Unassigned', overdue: 'Overdue', attention: 'To look at', all: 'All', 'needs-attention': 'Look at this',
        filter: 'Filter', 'any-type': 'Any kind', 'any-state': 'Any status', 'any-ward': 'Any ward', 'any-zone': 'Any zone', 'any-day': 'Any day',
        type: 'Kind of case', state: 'Status', ward: 'Ward', zone: 'Zone', due: 'Due', status: 'Open or closed', sort: 'Order',
        today: 'Today or before', week: 'Within a week', unfinished: 'Open', closed: 'Closed', any: 'Open and closed',
        apply: 'Show', clear: 'Clear the filter', 'clear-one': 'Remove this filter: {name}',
        caption: '{view}: showing {from, number} to {to, number} of {count, number}', 'caption-at-least': '{view}: showing {from, number} to {to, number} of {count, number}+', cut: 'There are very many, and those that are due later were not looked through. A filter or another tab shows fewer.',
        reference: 'Reference', what: 'What', 'due-column': 'Due', 'sort-due': 'Due first', 'sort-oldest': 'Oldest first', 'sort-newest': 'Newest first', 'sort-moved': 'Last changed first',
        assignee: 'Who', nobody: 'Nobody', opened: 'Opened', choose: 'Choose {reference}', 'choose-all': 'Choose all on this page', 'choose-column': 'Choose', 'open-first': 'Open the first case',
        first: 'First page', next: 'Next page', pages: 'Pages of this list',
        empty: {
          mine: 'You have no open cases', 'mine-text': 'Cases come here when you take one, or when somebody gives you one.', 'mine-next': 'See what nobody has taken yet',
          team: 'Your team has no open cases', 'team-text': 'New cases of the kinds that your team works come here by themselves.', 'team-next': 'See all open cases',
          unassigned: 'Every case has somebody', 'unassigned-text': 'New cases appear here until somebody takes them.', 'unassigned-next': 'See your team’s cases',
          overdue: 'Nothing is late', 'overdue-text': 'A case appears here on the day after its deadline.', 'overdue-next': 'See what is due next',
          attention: 'Nothing to look at', 'attention-text': 'A case appears here when something changes outside it, such as an address or an answer of another body, until an officer does something with it.', 'attention-next': 'See all open cases',
          all: 'There are no cases here', 'all-text': 'Cases come from the council’s services, from advisers and from other systems.', 'all-next': 'Find a case',
          filtered: 'No case fits this filter', 'filtered-text': 'The filter may be too narrow: remove a part of it.', 'filtered-next': 'Clear the filter',
          further: 'No case so far', 'further-text': 'A thousand cases were looked through. There are more.', 'further-next': 'Look further',
          page: 'There are no more cases on this page', 'page-text': 'They have been moved or closed since the list was made.', 'page-next': 'Go to the first page',
        },
      },
      bulk: {
        title: 'With the chosen cases', chosen: '{count, plural, one {# chosen} other {# chosen}}', 'chosen-word': 'chosen', to: 'Give to', me: 'Me', nobody: 'Nobody', button: 'Give',
        done: '{count, plural, one {# case was given to {name}.} other {# cases were given to {name}.}}', 'done-nobody': '{count, plural, one {# case has nobody now.} other {# cases have nobody now.}}',
        changed: '{count, plural, one {# case was changed by somebody else while you looked at the list, and was left as it is: look at it before you give it away.} other {# cases were changed by somebody else while you looked at the list, and were left as they are: look at them before you give them away.}}',
        none: 'Choose at least one case', 'no-one': 'Choose who gets the cases', 'not-allowed': '{count, plural, one {# case is somebody else’s: a team manager can take it from them.} other {# cases are somebody else’s: a team manager can take them from them.}}',
      },
      search: {
        title: 'Find a case', label: 'Reference, name, address, telephone number or email address', hint: 'All words must fit: “parry mill lane”. A beginning is enough.', button: 'Find', 'error-empty': 'Enter a reference, a name, an address, a telephone number or an email address',
        results: 'Cases for “{text}”: showing {from, number} to {to, number} of {count, number}', 'results-at-least': 'Cases for “{text}”: showing {from, number} to {to, number} of {count, number}+',
        empty: 'No case for “{text}”', 'empty-text': 'Check the spelling, or try fewer words, the postcode, or the telephone number. People may have reported under another name.', 'empty-next': 'Go to the worklist',
        cut: 'There are very many, and only a thousand were looked through, the newest first: others may be missing. Add another word, like the street or the first name, or write words to their end.',
      },
      deadline: {
        none: 'No deadline', closed: 'Closed', paused: 'Waiting for the resident', today: 'Due today', ahead: 'Due in {count, plural, one {# working day} other {# working days}}',
        late: '{count, plural, one {# working day late} other {# working days late}}', 'paused-until': 'Resident has until {date}',
      },
      case: {
        back: 'Back to the worklist', status: 'Status', due: 'Deadline', print: 'Print',
        timeline: 'What happened', older: 'Older', 'all-shown': 'This is everything.',
        actions: 'What you can do', 'nothing-to-do': 'There is nothing you can do with this case: it is closed, or its next steps need a permission that you do not have.',
        facts: 'Facts', kind: 'Kind', opened: 'Opened', channel: 'Came by', 'last-change': 'Last change', team: 'Team', assignee: 'With', nobody: 'Nobody yet', 'keep-until': 'Kept until', summary: 'Summary',
        channels: { web: 'Website', telephone: 'Telephone', counter: 'Counter', api: 'Another system', job: 'The council’s own system' },
        person: 'Who it is for', anonymous: 'They did not say who they are.', 'told-elsewhere': 'They are kept informed by the system through which they reported: what you write on the status page goes there, and we send them nothing ourselves.', name: 'Name', email: 'Email', phone: 'Telephone', address: 'Address', language: 'Writes in', english: 'English', welsh: 'Welsh', account: 'Account', 'has-account': 'Has an account',
        assisted: 'Helped by', 'assisted-by': '{name}, on the authority: {authority}',
        place: 'Where', coordinates: 'Coordinates', 'not-marked': 'Nobody marked a point: the map shows the address, or the middle of the street.', map: 'Map of the place', ward: 'Ward', note: 'In their words',
        answers: 'What they told us', photos: 'Photos and files', photo: 'Photo {number}', 'photo-alt': 'Photo {number} sent with this case', file: '{name} ({size})', 'photo-gone': 'A photo or file that cannot be shown: it was removed, or does not answer.',
        decision: 'Decision', reasons: 'Reasons', 'decided-by': '{name}, {date}',
        'panel-failed': 'This part does not answer at the moment. The rest of the case is complete.',
        done: { moved: 'Done. The case is now “{state}”.', noted: 'Your note is kept.', told: 'Your message is on the resident’s status page, and on its way to them.', given: 'The case is with {name} now.', 'given-outside': 'The case is with {name} now, who is not in the team {team}. It stays in that team’s list until you give it to another team.', 'given-nobody': 'The case is with nobody now.' },
        'success-title': 'Success',
      },
      changed: {
        title: 'Somebody changed this case while you worked on it', text: '{name} changed it. Nothing of yours is lost: your words are still in the form below. Look at what changed, then send it again if it is still right.',
        somebody: 'Somebody', what: 'What changed',
      },
      actions: {
        note: 'Write an internal note', 'note-label': 'Note', 'note-hint': 'Only staff read it. The person may ask for a copy of everything we hold about them.', 'note-button': 'Keep the note',
        tell: 'Write to the resident', 'tell-label': 'Message', 'tell-hint': 'It appears on their status page at once, and goes to them by {ways}.', 'tell-hint-nowhere': 'It appears on their status page at once. We have no way to send it to them.', 'tell-button': 'Send the message',
        email: 'email', sms: 'text message', letter: 'letter', account: 'their account', 'or': ' or ',
        standard: 'Standard text', 'standard-none': 'Choose a text', 'standard-insert': 'Put it in',
        assign: 'Give the case to somebody', 'assign-person': 'Who', 'assign-team': 'Team', 'assign-button': 'Give', take: 'Take this case', 'give-back': 'Give it back', 'other-team': '{name} (another team: {team})',
        'error-note': 'Write the note', 'error-tell': 'Write the message', 'error-reasons': 'Give the reasons', 'error-too-long': 'Write no more than {count, number} characters', 'error-person': 'Choose somebody from the list', 'error-no-one': 'Choose who gets the case, or another team', 'error-already-there': 'They have the case already: choose somebody else, or another team',
      },
      move: {
        title: '{action}: {reference}', 'reasons-public': 'The resident reads this.', 'reasons-internal': 'Only staff read this.', 'reasons-label': 'Reasons',
        decides: 'This is a decision: “{title}”. The person gets a letter with your reasons.', preview: 'Preview the letter', 'preview-told': 'Preview what they read', 'preview-title': 'The letter as it will be sent', 'preview-language': 'In {language}, as they asked for.',
        'preview-hint': 'Check it before you go on: it cannot be taken back.', confirm: '{action}', cancel: 'Cancel', 'goes-to': 'Goes to', 'goes-nowhere': 'We have no way to send it to them: it is on their status page.',
        'not-possible': 'This case has moved on: that step is not possible any more.', told: 'What the resident will read', 'pays-back': 'What was paid goes back to the payer’s card by itself. You see how it goes in the case’s payment.',
      },
      events: {
        opened: 'Opened', moved: 'Now: {state}', decided: 'Decided: {title}', 'resident-moved': 'Resident: {title}', note: 'Internal note', update: 'Message to the resident', answer: 'The resident wrote', document: 'Documents added',
        given: 'Given to {name}', 'given-back': 'Given back: nobody has it', 'given-team': 'Given to the team {name}', reads: 'The resident reads: {text}', documents: '{count, plural, one {with # photo or file} other {with # photos or files}}',
        resident: 'the resident', system: 'the system', machine: 'another system',
      },
    },
  },
});
