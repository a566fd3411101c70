import { defineCaseType } from '@guildhall/cases-contract';

const forTheAccounts = { months: 84, because: { en: 'Accounts are kept for six years after the financial year.', cy: 'Cedwir cyfrifon am chwe blynedd ar ôl y flwyddyn ariannol.' } };

/** Something in which a provider's settled list and the council's own books differ: for the finance team, and about no resident. */
export const settlementDifference = defineCaseType({
  id: 'payments.settlement-difference',
  version: 1,
  title: { en: 'Difference in settled money', cy: 'Gwahaniaeth mewn arian a setlwyd' },
  team: 'finance',
  initial: 'found',
  deadlineInWorkingDays: 5,
  openedMessage: 'none',
  states: {
    found: {
      kind: 'open', colour: 'red', retention: forTheAccounts,
      title: { en: 'To be cleared up', cy: 'I’w ddatrys' },
      publicText: { en: 'What the payment provider settled is not what our books say.', cy: 'Nid yw’r hyn a setlodd y darparwr taliadau yr un fath â’n llyfrau.' },
    },
    agreed: {
      kind: 'closed', colour: 'green', retention: forTheAccounts,
      title: { en: 'Agrees now', cy: 'Yn cytuno bellach' },
      publicText: { en: 'What the payment provider settled and what our books say are now the same.', cy: 'Mae’r hyn a setlodd y darparwr taliadau a’n llyfrau bellach yr un fath.' },
    },
    'cleared-up': {
      kind: 'closed', colour: 'grey', retention: forTheAccounts,
      title: { en: 'Cleared up', cy: 'Wedi’i ddatrys' },
      publicText: { en: 'The difference has been explained.', cy: 'Mae’r gwahaniaeth wedi’i egluro.' },
    },
  },
  transitions: [
    { id: 'clear-up', from: ['found'], to: 'cleared-up', title: { en: 'Close as cleared up', cy: 'Cau fel wedi’i ddatrys' }, message: 'none', reasons: { required: true, public: false, question: { en: 'What was the reason for the difference?', cy: 'Beth oedd y rheswm am y gwahaniaeth?' } } },
    { id: 'agree', from: ['found'], to: 'agreed', by: ['system'], message: 'none', title: { en: 'Close because it agrees now', cy: 'Cau am ei fod yn cytuno bellach' } },
    { id: 'differ-again', from: ['agreed', 'cleared-up'], to: 'found', by: ['system'], message: 'none', title: { en: 'Open because it differs again', cy: 'Agor am ei fod yn wahanol eto' } },
    { id: 'open-again', from: ['agreed', 'cleared-up'], to: 'found', message: 'none', title: { en: 'Open again', cy: 'Agor eto' } },
  ],
});
