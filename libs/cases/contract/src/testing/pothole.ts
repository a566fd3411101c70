import { defineCaseType } from '../case-type';

const months = (count: number, en: string, cy: string) => ({ months: count, because: { en, cy } });

/** An invented case type with everything in it: waiting, reasons, a decision with a letter, a resident's move, a way back. @public */
export const testPothole = defineCaseType({
  id: 'kit.pothole',
  version: 1,
  title: { en: 'Pothole', cy: 'Twll yn y ffordd' },
  team: 'streets',
  initial: 'reported',
  deadlineInWorkingDays: 10,
  openedMessage: 'none',
  takesDocumentsLater: true,
  states: {
    reported: {
      kind: 'open', colour: 'blue', deadlineInWorkingDays: 2, title: { en: 'Reported', cy: 'Wedi\'i adrodd' },
      publicText: { en: 'We have your report.[[ We will look at it by ((dueOn)).]]', cy: 'Mae eich adroddiad gyda ni.[[ Byddwn yn edrych arno erbyn ((dueOn)).]]' },
      retention: months(24, 'Reports show where roads wear out.', 'Mae adroddiadau yn dangos ble mae ffyrdd yn treulio.'),
    },
    ordered: {
      kind: 'open', colour: 'yellow', title: { en: 'Repair ordered', cy: 'Wedi archebu gwaith trwsio' },
      publicText: { en: 'We will repair it[[ by ((dueOn))]].', cy: 'Byddwn yn ei drwsio[[ erbyn ((dueOn))]].' },
      retention: months(24, 'Reports show where roads wear out.', 'Mae adroddiadau yn dangos ble mae ffyrdd yn treulio.'),
    },
    asked: {
      kind: 'waiting', colour: 'orange', deadlineInWorkingDays: 5, title: { en: 'Waiting for you', cy: 'Yn aros amdanoch chi' }, deskTitle: { en: 'Waiting for resident', cy: 'Yn aros am y preswylydd' },
      publicText: { en: 'We need to know more from you.', cy: 'Mae angen i ni wybod mwy gennych chi.' },
      retention: months(12, 'You may answer later.', 'Efallai y byddwch yn ateb yn nes ymlaen.'),
    },
    fixed: {
      kind: 'closed', colour: 'green', title: { en: 'Fixed', cy: 'Wedi\'i drwsio' },
      publicText: { en: 'We repaired it on ((closedOn)).', cy: 'Fe wnaethom ei drwsio ar ((closedOn)).' },
      retention: months(72, 'Claims for damage may be made for six years.', 'Gellir hawlio am ddifrod am chwe blynedd.'),
    },
    refused: {
      kind: 'closed', colour: 'grey', title: { en: 'Not repaired', cy: 'Heb ei drwsio' },
      publicText: { en: 'We will not repair it.', cy: 'Ni fyddwn yn ei drwsio.' },
      retention: months(72, 'Claims for damage may be made for six years.', 'Gellir hawlio am ddifrod am chwe blynedd.'),
    },
  },
  transitions: [
    { id: 'order', from: ['reported'], to: 'ordered', title: { en: 'Order the repair', cy: 'Archebu\'r gwaith trwsio' } },
    { id: 'ask', from: ['reported', 'ordered'], to: 'asked', title: { en: 'Ask the resident', cy: 'Gofyn i\'r preswylydd' }, reasons: { required: true, public: true, question: { en: 'What do you need to know?', cy: 'Beth sydd angen i chi ei wybod?' } } },
    { id: 'reply', from: ['asked'], to: 'reported', by: ['resident'], title: { en: 'Answer', cy: 'Ateb' }, reasons: { required: true, public: true, question: { en: 'Your answer', cy: 'Eich ateb' } } },
    { id: 'fix', from: ['ordered'], to: 'fixed', title: { en: 'Mark as repaired', cy: 'Nodi ei fod wedi\'i drwsio' } },
    {
      id: 'refuse', from: ['reported', 'ordered'], to: 'refused', refunds: 'in-full', title: { en: 'Decide not to repair it', cy: 'Penderfynu peidio â\'i drwsio' },
      decision: {
        outcome: 'refused', title: { en: 'Not repaired', cy: 'Heb ei drwsio' },
        letter: { heading: { en: 'Our decision on ((reference))', cy: 'Ein penderfyniad ar ((reference))' }, body: { en: 'Dear ((name)),\n\nWe will not repair it. ((reasons))', cy: 'Annwyl ((name)),\n\nNi fyddwn yn ei drwsio. ((reasons))' } },
      },
    },
    { id: 'not-fixed', from: ['fixed'], to: 'reported', by: ['resident', 'officer'], title: { en: 'It is not fixed', cy: 'Nid yw wedi\'i drwsio' }, reasons: { required: true, public: true, question: { en: 'What is still wrong?', cy: 'Beth sy\'n dal o\'i le?' } } },
  ],
});
