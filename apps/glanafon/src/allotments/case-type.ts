import { defineCaseType } from '@guildhall/cases-contract';

const whileWaiting = { months: 60, because: { en: 'We need it for as long as you wait for a plot.', cy: 'Mae ei angen arnom cyhyd â’ch bod yn aros am randir.' } };
const whileRented = { months: 84, because: { en: 'Rent is kept for six years after the financial year in which it was paid.', cy: 'Cedwir rhent am chwe blynedd ar ôl y flwyddyn ariannol y’i talwyd ynddi.' } };
const afterwards = { months: 12, because: { en: 'So that we can answer questions about the list.', cy: 'Fel y gallwn ateb cwestiynau am y rhestr.' } };

/** A place on the waiting list for an allotment, until a plot is let or the place is given up. */
export const waitingForAPlot = defineCaseType({
  id: 'allotments.waiting',
  version: 1,
  title: { en: 'Allotment waiting list', cy: 'Rhestr aros am randir' },
  team: 'parks',
  initial: 'waiting',
  openedText: { en: 'You joined the waiting list.', cy: 'Fe wnaethoch ymuno â’r rhestr aros.' },
  states: {
    waiting: {
      kind: 'open', colour: 'blue', retention: whileWaiting,
      title: { en: 'On the list', cy: 'Ar y rhestr' },
      publicText: { en: 'You have been on the waiting list since ((openedOn)).', cy: 'Rydych ar y rhestr aros ers ((openedOn)).' },
      nextText: { en: 'We write to you when a plot is free.', cy: 'Byddwn yn ysgrifennu atoch pan fydd rhandir ar gael.' },
    },
    offered: {
      kind: 'waiting', colour: 'yellow', retention: whileWaiting, deadlineInWorkingDays: 15,
      title: { en: 'Plot offered', cy: 'Rhandir wedi’i gynnig' },
      publicText: { en: 'We have a plot for you[[. Please answer by ((dueOn))]].', cy: 'Mae gennym randir i chi[[. Atebwch erbyn ((dueOn)), os gwelwch yn dda]].' },
      nextText: { en: 'Call us to see the plot, and tell us whether you want it.', cy: 'Ffoniwch ni i weld y rhandir, a dywedwch wrthym a ydych am ei gael.' },
    },
    let: {
      kind: 'closed', colour: 'green', retention: whileRented,
      title: { en: 'Let', cy: 'Wedi’i osod' },
      publicText: { en: 'The plot is yours.', cy: 'Chi biau’r rhandir.' },
    },
    'given-up': {
      kind: 'closed', colour: 'grey', retention: afterwards,
      title: { en: 'Left the list', cy: 'Wedi gadael y rhestr' },
      publicText: { en: 'You are no longer on the waiting list.', cy: 'Nid ydych ar y rhestr aros mwyach.' },
    },
  },
  transitions: [
    {
      id: 'offer', from: ['waiting'], to: 'offered', title: { en: 'Offer a plot', cy: 'Cynnig rhandir' },
      reasons: { required: true, public: true, question: { en: 'Which plot, and on which site?', cy: 'Pa randir, ac ar ba safle?' } },
    },
    { id: 'let', from: ['offered'], to: 'let', title: { en: 'Let the plot', cy: 'Gosod y rhandir' } },
    { id: 'decline', from: ['offered'], to: 'waiting', by: ['officer', 'resident'], title: { en: 'Wait for another plot', cy: 'Aros am randir arall' }, publicText: { en: 'The plot was not taken; the place on the list stays.', cy: 'Ni chymerwyd y rhandir; mae’r lle ar y rhestr yn aros.' } },
    { id: 'give-up', from: ['waiting', 'offered'], to: 'given-up', by: ['officer', 'resident'], title: { en: 'Leave the list', cy: 'Gadael y rhestr' } },
  ],
});
