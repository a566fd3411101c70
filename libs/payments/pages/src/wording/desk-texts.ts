import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read of payments. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      title: 'Payment', amount: 'Amount', reference: 'Reference', state: 'State', paidOn: 'Paid', card: 'Card', cardText: '{brand} ending in {digits}', refunded: 'Paid back', left: 'Can be paid back', open: 'Payment in full', payBack: 'Pay money back', back: 'Back to the case',
      fees: 'Fees', fee: 'Fee', ledger: 'Ledger code', vat: 'VAT', attempts: 'Attempts', attempt: 'Attempt', begun: 'Begun', ended: 'Ended', provider: 'Provider', failure: 'Provider’s code', refunds: 'Refunds', why: 'Why', by: 'By', surplus: 'Surplus, sent back by itself', askedBy: 'Asked for by',
      noRefunds: 'Nothing has been paid back.', noAttempts: 'The payer has not been sent to the payment page yet.', receipt: 'Receipt', noCard: 'Not known', requestedOn: 'Asked for',
      comingBack: '{amount} is being paid back', notPaidBack: '{amount} could not be paid back.', payBackByHand: 'Choose “Pay money back” to try again. If that fails too, pay it back in the provider’s own back office.', askToPayBack: 'Ask somebody who may pay money back to try again.',
      surplusHeld: 'Of this payment {amount} came on top or too late and could not be sent back automatically. Pay it back by hand.', askAgain: 'Ask the provider again', askedAgain: 'The provider was asked. This is how it stands now.', notAnswering: 'The payment provider is not answering. Try again in a minute.',
      done: { succeeded: '{amount} has been paid back.', requested: '{amount} will be paid back as soon as the provider answers.', submitted: '{amount} is on its way back to the card.', failed: 'The provider did not pay {amount} back.' },
    },
    refundForm: {
      title: 'Pay money back', leftNow: '{amount} of {total} can be paid back to {card}.', amountLabel: 'How much do you want to pay back?', amountHint: 'For example, 12.50', reasonLabel: 'Why?', reasonHint: 'Kept with the payment. The resident does not see it.', continue: 'Continue',
      amountMissing: 'Enter how much to pay back, like 12.50', amountTooMuch: 'Enter {left} or less', reasonMissing: 'Enter why you are paying it back', reasonTooLong: 'Why must be 500 characters or less',
      confirmTitle: 'Pay back {amount}?', confirmText: 'It goes to {card}. It cannot be taken back.', confirm: 'Pay back {amount}', change: 'Change', cardUnknown: 'the card that was used',
      refusals: {
        'not-paid': 'This has not been paid, so there is nothing to pay back.', 'more-than-left': 'There is less left to pay back than that. Look at what is left now.', 'amount-changed': 'Somebody has paid money back meanwhile. Look at what is left now.',
        'refund-in-progress': 'Another refund of this payment is on its way. Wait until it has arrived.', 'provider-refused': 'The payment provider cannot pay this back. Use the provider’s own back office.',
        unanswered: 'The system that keeps payments is not answering, so it is not known whether the money is on its way. Choose “Continue” and confirm again in a minute: it is paid back once.',
      },
    },
    attemptState: { intended: 'Not begun', created: 'Page made', started: 'On the payment page', submitted: 'Being decided', succeeded: 'Paid', failed: 'Declined', cancelled: 'Cancelled', expired: 'Ran out of time', error: 'Error at the provider', refused: 'Not accepted by the provider' },
    refundState: { requested: 'Waiting to be sent', submitted: 'On its way', succeeded: 'Paid back', failed: 'Failed' },
    vatRate: { standard: '20%', reduced: '5%', zero: '0%', exempt: 'Exempt', 'outside-the-scope': 'Outside the scope' },
  },
});
