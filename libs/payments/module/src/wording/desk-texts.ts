import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read of payments. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      title: 'Payment', amount: 'Amount', reference: 'Reference', state: 'State', paidOn: 'Paid', card: 'Card', cardText: '{brand} ending in {digits}', refunded: 'Paid back', left: 'Can be paid back', open: 'Payment in full', payBack: 'Pay money back', back: 'Back to the case',
      fees: 'Fees', fee: 'Fee', ledger: 'Ledger code', vat: 'VAT', attempts: 'Attempts', attempt: 'Attempt', begun: 'Begun', ended: 'Ended', provider: 'Provider', failure: 'Provider’s code', refunds: 'Refunds', why: 'Why', by: 'By', surplus: 'Surplus, sent back by itself',
      noRefunds: 'Nothing has been paid back.', noAttempts: 'The payer has not been sent to the payment page yet.', receipt: 'Receipt', noCard: 'Not known', requestedOn: 'Asked for', settled: 'Settled to the council’s account',
      comingBack: '{amount} is being paid back', notPaidBack: '{amount} could not be paid back.', payBackByHand: 'Choose “Pay money back” to try again. If that fails too, pay it back in the provider’s own back office.', askToPayBack: 'Ask somebody who may pay money back to try again.',
      surplusHeld: 'Of this payment {amount} came on top or too late and could not be sent back automatically. Pay it back by hand.', askAgain: 'Ask the provider again', askedAgain: 'The provider was asked. This is how it stands now.', notAnswering: 'The payment provider is not answering. Try again in a minute.',
      done: { succeeded: '{amount} has been paid back.', requested: '{amount} will be paid back as soon as the provider answers.', submitted: '{amount} is on its way back to the card.', failed: 'The provider did not pay {amount} back.' },
    },
    ledger: {
      area: 'Ledger', title: 'Ledger for the finance system', introduction: 'One file for each day that is over. Every file balances: its debits equal its credits. It is the same whenever you take it.', none: 'Nothing has been booked on a day that is over.',
      day: 'Day', bookings: 'Bookings', taken: 'Taken', paidBack: 'Paid back', file: 'File', take: 'Download CSV',
    },
    reconciliation: {
      area: 'Reconciliation', title: 'Reconciliation with payment providers',
      introduction: 'Every day’s settled list of every provider is compared with our books once the day is over, and again on the three days after.',
      none: 'No list has been read yet.', noneText: 'The first is read within an hour of the end of a day. Not every provider tells what it has settled.', noProviders: 'No payment provider of this council tells what it has settled.', noProvidersText: 'Compare the provider’s own reports with the ledger’s files by hand.', ledger: 'Ledger for the finance system',
      day: 'Day', provider: 'Provider', state: 'List', payments: 'Payments', refunds: 'Refunds', fees: 'Fees', settled: 'To the bank', differences: 'Differences', again: 'Run again', againFor: '{provider}, {day}', noDifferences: 'None', countedMoney: '{amount} ({count})',
      someDifferences: '{open} open of {all}', openDifferences: '{count, plural, one {# open difference} other {# open differences}}', manyOpenDifferences: '{count}+ open differences', allAgree: 'Nothing differs at the moment.',
      begun: 'The list is being read again. Look at this page again in a minute.', notBegun: 'That list is being read already.',
      states: { waiting: 'Waiting', running: 'Being read', done: 'Read', failed: 'Failed' },
      failures: { 'provider-unanswered': 'The provider did not answer. It is tried again within the hour.', 'provider-gone': 'This provider is no longer in the configuration.', 'list-without-end': 'The provider’s list did not end. Ask the provider.' },
      differencesTitle: 'Differences between settled money and our books', differencesOf: 'Differences of {provider}, {day}', differencesText: 'They close by themselves as soon as both sides agree.', noOpen: 'Nothing differs at the moment', noOpenText: 'What differs after the next list is shown here.', back: 'Reconciliation', showOpen: 'Show all open differences',
      what: 'What differs', payment: 'Payment', ours: 'In our books', theirs: 'Settled', difference: { open: 'Open', agreed: 'Agrees now' }, caseOf: 'Case', nothing: 'Nothing', atProvider: 'At the provider: {id}',
    },
    refundForm: {
      title: 'Pay money back', leftNow: '{amount} of {total} can be paid back to {card}.', amountLabel: 'How much do you want to pay back?', amountHint: 'For example, 12.50', reasonLabel: 'Why?', reasonHint: 'Kept with the payment. The resident does not see it.', continue: 'Continue',
      amountMissing: 'Enter how much to pay back, like 12.50', amountTooMuch: 'Enter {left} or less', reasonMissing: 'Enter why you are paying it back', reasonTooLong: 'Why must be 500 characters or less',
      confirmTitle: 'Pay back {amount}?', confirmText: 'It goes to {card}. It cannot be taken back.', confirm: 'Pay back {amount}', change: 'Change', cardUnknown: 'the card that was used',
      refusals: {
        'not-paid': 'This has not been paid, so there is nothing to pay back.', 'more-than-left': 'There is less left to pay back than that. Look at what is left now.', 'amount-changed': 'Somebody has paid money back meanwhile. Look at what is left now.',
        'refund-in-progress': 'Another refund of this payment is on its way. Wait until it has arrived.', 'provider-refused': 'The payment provider cannot pay this back. Use the provider’s own back office.',
      },
    },
    attemptState: { intended: 'Not begun', created: 'Page made', started: 'On the payment page', submitted: 'Being decided', succeeded: 'Paid', failed: 'Declined', cancelled: 'Cancelled', expired: 'Ran out of time', error: 'Error at the provider', refused: 'Not accepted by the provider' },
    refundState: { requested: 'Waiting to be sent', submitted: 'On its way', succeeded: 'Paid back', failed: 'Failed' },
    vatRate: { standard: '20%', reduced: '5%', zero: '0%', exempt: 'Exempt', 'outside-the-scope': 'Outside the scope' },
  },
});
