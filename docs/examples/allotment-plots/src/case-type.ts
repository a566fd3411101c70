import { defineCaseType } from '@guildhall/cases-contract';

const whileItIsOpen = { months: 12, because: { en: 'We need it until you have a plot or have decided against one, and for a year after that.', cy: 'Mae ei angen arnom nes bod gennych lain neu eich bod wedi penderfynu peidio, ac am flwyddyn wedi hynny.' } };
const onceItIsOver = { months: 84, because: { en: 'Payments are kept for six years after the financial year in which they were made.', cy: 'Cedwir taliadau am chwe blynedd ar ôl y flwyddyn ariannol y’u gwnaed ynddi.' } };

/** A plot that somebody wants: found and offered, then taken or not. */
export const plotWanted = defineCaseType({
  id: 'allotment-plots.wanted',
  version: 1,
  title: { en: 'Allotment plot', cy: 'Llain rhandir' },
  team: 'parks',
  initial: 'asked',
  deadlineInWorkingDays: 15,
  states: {
    asked: {
      kind: 'open', colour: 'blue', retention: whileItIsOpen,
      title: { en: 'Looking for a plot', cy: 'Yn chwilio am lain' },
      publicText: { en: 'We are looking for a plot[[ and will write to you by ((dueOn))]].', cy: 'Rydym yn chwilio am lain[[ a byddwn yn ysgrifennu atoch erbyn ((dueOn))]].' },
    },
    offered: {
      kind: 'waiting', colour: 'yellow', retention: whileItIsOpen,
      title: { en: 'Plot offered', cy: 'Llain wedi’i chynnig' },
      deskTitle: { en: 'Offered, waiting for the tenant', cy: 'Wedi’i chynnig, yn aros am y tenant' },
      publicText: { en: 'We have found a plot for you.', cy: 'Rydym wedi dod o hyd i lain i chi.' },
      nextText: { en: 'Go and look at it, then tell us here whether you want it.', cy: 'Ewch i’w gweld, yna dywedwch wrthym yma a ydych am ei chael.' },
    },
    taken: {
      kind: 'closed', colour: 'green', retention: onceItIsOver,
      title: { en: 'Plot taken', cy: 'Llain wedi’i chymryd' },
      publicText: { en: 'The plot is yours for a year.', cy: 'Chi biau’r llain am flwyddyn.' },
    },
    ended: {
      kind: 'closed', colour: 'grey', retention: onceItIsOver,
      title: { en: 'No plot', cy: 'Dim llain' },
      publicText: { en: 'You have no plot, and we are paying your rent back.', cy: 'Nid oes gennych lain, ac rydym yn ad-dalu eich rhent.' },
    },
  },
  transitions: [
    {
      id: 'offer', from: ['asked'], to: 'offered', title: { en: 'Offer a plot', cy: 'Cynnig llain' },
      reasons: { required: true, public: true, question: { en: 'Which plot is it, and how do they get in to see it?', cy: 'Pa lain yw hi, a sut mae mynd i mewn i’w gweld?' } },
    },
    {
      id: 'take', from: ['offered'], to: 'taken', by: ['resident', 'officer'], title: { en: 'Take this plot', cy: 'Cymryd y llain hon' },
      reasons: { required: false, public: true, question: { en: 'Is there anything that we should know?', cy: 'A oes unrhyw beth y dylem ei wybod?' } },
    },
    {
      id: 'turn-down', from: ['offered'], to: 'ended', by: ['resident', 'officer'], refunds: 'in-full', title: { en: 'Turn it down', cy: 'Gwrthod y llain' },
      reasons: { required: false, public: true, question: { en: 'What is wrong with it?', cy: 'Beth sydd o’i le arni?' } },
    },
    {
      id: 'none-free', from: ['asked'], to: 'ended', refunds: 'in-full', title: { en: 'Say that no plot is free', cy: 'Dweud nad oes llain rydd' },
      reasons: { required: true, public: true, question: { en: 'Why is there no plot?', cy: 'Pam nad oes llain?' } },
    },
  ],
});
