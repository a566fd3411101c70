import { defineCaseType } from '@guildhall/cases-contract';

const forTheAccounts = { months: 84, because: { en: 'Payments are kept for six years after the financial year in which they were made.', cy: 'Cedwir taliadau am chwe blynedd ar ôl y flwyddyn ariannol y’u gwnaed ynddi.' } };
const whileItRuns = { months: 24, because: { en: 'We need it for as long as your subscription runs, and for a year after that.', cy: 'Mae ei angen arnom cyhyd â bod eich tanysgrifiad yn rhedeg, ac am flwyddyn wedi hynny.' } };

/** A subscription to the garden waste collection, from the order to its end. */
export const subscription = defineCaseType({
  id: 'garden-waste.subscription',
  version: 1,
  title: { en: 'Garden waste subscription', cy: 'Tanysgrifiad gwastraff gardd' },
  team: 'waste',
  initial: 'ordered',
  deadlineInWorkingDays: 10,
  openedMessage: 'garden-waste.subscribed',
  openedText: { en: 'You subscribed to the garden waste collection.', cy: 'Fe wnaethoch danysgrifio i’r casgliad gwastraff gardd.' },
  states: {
    ordered: {
      kind: 'open', colour: 'blue', retention: whileItRuns,
      title: { en: 'Ordered', cy: 'Wedi’i archebu' },
      publicText: { en: 'Your bins are on their way[[, by ((dueOn))]].', cy: 'Mae eich biniau ar eu ffordd[[, erbyn ((dueOn))]].' },
      nextText: { en: 'You do not need to be at home. We leave the bins at the front of your property.', cy: 'Nid oes angen i chi fod gartref. Byddwn yn gadael y biniau o flaen eich eiddo.' },
    },
    'question-asked': {
      kind: 'waiting', colour: 'yellow', retention: whileItRuns,
      title: { en: 'We have a question', cy: 'Mae gennym gwestiwn' },
      deskTitle: { en: 'Waiting for an answer', cy: 'Yn aros am ateb' },
      publicText: { en: 'We need to know something from you before we can go on.', cy: 'Mae angen i ni wybod rhywbeth gennych cyn y gallwn barhau.' },
      nextText: { en: 'Please answer our question below.', cy: 'Atebwch ein cwestiwn isod, os gwelwch yn dda.' },
      deadlineInWorkingDays: 20,
    },
    active: {
      kind: 'closed', colour: 'green', retention: forTheAccounts,
      title: { en: 'Active', cy: 'Ar waith' },
      publicText: { en: 'Your subscription is running, and we empty your bins every two weeks.', cy: 'Mae eich tanysgrifiad ar waith, ac rydym yn gwagio eich biniau bob pythefnos.' },
      nextText: { en: 'Put your bins out by 7am on your collection day.', cy: 'Rhowch eich biniau allan erbyn 7am ar eich diwrnod casglu.' },
    },
    declined: {
      kind: 'closed', colour: 'red', retention: forTheAccounts,
      title: { en: 'Not possible', cy: 'Ddim yn bosibl' },
      publicText: { en: 'We cannot collect garden waste from this address.', cy: 'Ni allwn gasglu gwastraff gardd o’r cyfeiriad hwn.' },
      nextText: { en: 'We pay back what you paid, to the card that you used.', cy: 'Byddwn yn ad-dalu’r hyn a dalwyd gennych, i’r cerdyn a ddefnyddiwyd gennych.' },
    },
    cancelled: {
      kind: 'closed', colour: 'grey', retention: forTheAccounts,
      title: { en: 'Cancelled', cy: 'Wedi’i ganslo' },
      publicText: { en: 'Your subscription has been cancelled.', cy: 'Mae eich tanysgrifiad wedi’i ganslo.' },
    },
  },
  transitions: [
    { id: 'deliver-bins', from: ['ordered'], to: 'active', title: { en: 'Bins delivered', cy: 'Biniau wedi’u danfon' }, publicText: { en: 'We delivered your bins.', cy: 'Rydym wedi danfon eich biniau.' } },
    {
      id: 'ask-resident', from: ['ordered'], to: 'question-asked', title: { en: 'Ask the resident', cy: 'Gofyn i’r preswylydd' },
      reasons: { required: true, public: true, question: { en: 'What do you need to know?', cy: 'Beth sydd angen i chi ei wybod?' } },
    },
    { id: 'answer', from: ['question-asked'], to: 'ordered', by: ['officer', 'resident'], title: { en: 'Answer', cy: 'Ateb' }, publicText: { en: 'The question was answered.', cy: 'Atebwyd y cwestiwn.' } },
    {
      id: 'decline', from: ['ordered', 'question-asked'], to: 'declined', refunds: 'in-full', title: { en: 'Decline: we cannot collect there', cy: 'Gwrthod: ni allwn gasglu yno' },
      reasons: { required: true, public: true, question: { en: 'Why can we not collect from this address?', cy: 'Pam na allwn gasglu o’r cyfeiriad hwn?' } },
      decision: {
        outcome: 'refused', title: { en: 'We cannot collect from your address', cy: 'Ni allwn gasglu o’ch cyfeiriad' },
        letter: {
          heading: { en: 'Your garden waste subscription ((reference))', cy: 'Eich tanysgrifiad gwastraff gardd ((reference))' },
          body: {
            en: 'Dear ((name))\n\nWe are sorry: we cannot collect garden waste from your address.\n\n((reasons))\n\nWe pay back what you paid, to the card that you used. This takes up to 10 working days.\n\nIf you think this is wrong, write to us or call us and name your reference ((reference)).\n\nYours sincerely\n\n((officer))\n((council))',
            cy: 'Annwyl ((name))\n\nMae’n ddrwg gennym: ni allwn gasglu gwastraff gardd o’ch cyfeiriad.\n\n((reasons))\n\nByddwn yn ad-dalu’r hyn a dalwyd gennych, i’r cerdyn a ddefnyddiwyd gennych. Mae hyn yn cymryd hyd at 10 diwrnod gwaith.\n\nOs ydych o’r farn bod hyn yn anghywir, ysgrifennwch atom neu ffoniwch ni a nodwch eich cyfeirnod ((reference)).\n\nYn gywir\n\n((officer))\n((council))',
          },
        },
      },
    },
    {
      id: 'cancel', from: ['ordered', 'question-asked', 'active'], to: 'cancelled', title: { en: 'Cancel the subscription', cy: 'Canslo’r tanysgrifiad' },
      reasons: { required: true, public: true, question: { en: 'Why is it cancelled?', cy: 'Pam y mae’n cael ei ganslo?' } },
    },
    { id: 'renew', from: ['cancelled'], to: 'ordered', title: { en: 'Take the cancellation back', cy: 'Dadwneud y canslo' } },
  ],
});
