import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read of money that came over the counter; the rest is said by the pages. */
export const texts = defineTexts({
  en: {
    receipt: { counter: { cash: 'Cash at our counter', cheque: 'Cheque at our counter', 'card-terminal': 'Card at our counter' } },
    refund: { counter: 'Given back at our counter' },
  },
  cy: {
    receipt: { counter: { cash: 'Arian parod wrth ein cownter', cheque: 'Siec wrth ein cownter', 'card-terminal': 'Cerdyn wrth ein cownter' } },
    refund: { counter: 'Rhoddwyd yn ôl wrth ein cownter' },
  },
});
