import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Not taken', title: 'Cases that other systems did not take', introduction: 'These cases should be worked on in another system, and are not there. Mend the cause, then try again.',
      none: 'Every case that goes to another system is there, or is on its way.', case: 'Case', since: 'Since', actions: 'What to do', 'no-reference': 'Not known',
    },
    panel: {
      system: 'System', state: 'State', reference: 'Their reference', at: 'Handed over', 'next-try': 'Next try', reason: 'Why', again: 'Try again', tries: 'Tries',
      states: { waiting: 'Waiting to be handed over', trying: 'Not taken yet', taken: 'Taken, their reference is to come', 'handed-over': 'Handed over', refused: 'Not taken' },
      'end-links': 'End links to photos', 'links-ended': 'Links to photos ended', 'end-links-text': 'The other system can fetch this case’s photos for seven days from when it was told of them. End the links if somebody else may have them.',
      'links-ended-text': 'The links that the other system had show nothing any more. What it is told of later comes with new links.',
      'refused-text': 'The other system did not take this case, and it is not tried again by itself.',
    },
  },
});
