import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read of money that came over the counter; the rest is said by the pages. */
export const texts = defineTexts({
  en: {
    receipt: { counter: { cash: 'Cash at our counter', cheque: 'Cheque at our counter', 'card-terminal': 'Card at our counter' } },
    refund: { counter: 'Given back at our counter', later: 'Paid back by our finance team, or to your card' },
  },
  cy: {
    receipt: { counter: { cash: 'Arian parod wrth ein cownter', cheque: 'Siec wrth ein cownter', 'card-terminal': 'Cerdyn wrth ein cownter' } },
    refund: { counter: 'Rhoddwyd yn ôl wrth ein cownter', later: 'Ad-dalwyd gan ein tîm cyllid, neu i’ch cerdyn' },
  },
});
