import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read of the ledger, of the counter and of reconciliation; what they read of payments is said by the pages. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: { paidBy: 'Paid by', settled: 'Settled to the council’s account' },
    ledger: {
      area: 'Ledger', title: 'Ledger for the finance system', introduction: 'One file for each day that is over. Every file balances: its debits equal its credits. It is the same whenever you take it.', none: 'Nothing has been booked on a day that is over.',
      day: 'Day', bookings: 'Bookings', taken: 'Taken', paidBack: 'Paid back', file: 'File', take: 'Download CSV',
    },
    counter: {
      area: 'Take a payment', find: 'Take a payment at the counter', referenceLabel: 'Payment reference', referenceHint: 'It is on the letter, text or email with the link to pay, and on the case. For example, RB-7K3F-92QD', findButton: 'Find the payment',
      referenceMissing: 'Enter the payment reference', referenceUnknown: 'There is no payment with this reference. Check it against the letter or the case',
      take: 'Take money at the counter', takeFor: 'Take {amount} at the counter', whole: 'A payment is taken whole. When you have taken the money, press the button once and give the payer the receipt.',
      openOnline: 'The payer has begun to pay this online. Their page is closed before you take the money.', meansLabel: 'How does the payer pay?', meansMissing: 'Select cash, cheque or card',
      means: { cash: 'Cash', cheque: 'Cheque', 'card-terminal': 'Card at the terminal' }, slipLabel: 'Number on the cheque or on the terminal’s slip (optional)', slipHint: 'Never the number of a card.', slipWrong: 'The number must be at most 30 letters, digits, spaces, slashes or hyphens',
      button: 'I have taken {amount}', openReceipt: 'Print the receipt', language: { en: 'in English', cy: 'in Welsh' },
      standing: { 'already-paid': 'This has already been paid: do not take any money for it.', withdrawn: 'This does not have to be paid any more: do not take any money for it.', 'being-processed': 'The payer has paid by card online, and the bank has not decided yet. Do not take any money: look again in a few minutes.' },
      refusals: {
        'already-paid': 'This has been paid meanwhile. Give the payer their money back.', withdrawn: 'This does not have to be paid any more. Give the payer their money back.',
        'being-processed': 'The payer has paid by card online, and the bank has not decided yet. Do not take any money: look again in a few minutes.', 'provider-unanswered': 'The payment provider does not answer, and the payer may be paying online at this moment. Do not take any money yet: try again in a minute.',
        'cannot-be-stopped': 'The payer’s page for paying online is still open and could not be closed. Ask them to leave it, and try again.', 'amount-changed': 'The amount has changed. Look at it before you take any money.',
        'not-today': 'This was paid on an earlier day, and that day’s till is closed. Have it paid back by the finance team.', 'not-at-counter': 'This was not paid at the counter.',
      },
      taken: '{amount} is written down as taken. Give the payer the receipt.', reversed: '{amount} is written down as given back.', number: 'Receipt', takenBy: 'Taken by', slip: 'Cheque or slip',
      reverse: 'Give the money back', reverseTitle: 'Give {amount} back?', reverseText: 'Only on the day on which it was taken. All of it goes back out of the till by the way it came ({means}), and the payment is shown as paid back; a new payment is then needed if it is still owed.', reverseWhy: 'Why?', reverseWhyHint: 'Kept with the receipt. The resident does not see it.', reverseButton: 'I have given {amount} back',
      reasonMissing: 'Enter why you give it back', reasonTooLong: 'Why must be 500 characters or less', isReversed: 'Given back', isReversedBy: '{at}, by {by}: {reason}', paidAtCounter: 'It was paid at the counter. Open the payment to pay it back.',
    },
    payBack: {
      action: 'Pay money back', title: 'Pay back money from the counter', left: 'Left to pay back',
      warning: {
        'by-finance': 'That day’s till is closed: do not give money out of it. Write it down here when the finance team has sent the money, or has been told to.',
        'by-terminal': 'That day’s till is closed: do not give money out of it. Write it down here when the terminal has put the money back on the card, or when the finance team has sent it or has been told to.',
      },
      amountLabel: 'How much is paid back?', amountHint: 'For example, 12.50', meansLabel: 'How is it paid back?', means: { 'bank-transfer': 'Bank transfer by the finance team', cheque: 'Cheque by the finance team', 'card-terminal': 'To the same card, at the terminal' },
      numberLabel: 'Number of the payment or cheque (optional)', numberHint: { 'by-finance': 'Never the number of a card or of an account.', 'by-terminal': 'Or the number on the terminal’s slip. Never the number of a card or of an account.' }, reasonLabel: 'Why?', reasonHint: 'Kept with the payment. The resident does not see it.', button: 'Write it down as paid back',
      amountMissing: 'Enter how much is paid back, like 12.50', amountTooMuch: 'Enter {left} or less', meansMissing: 'Select how it is paid back', numberWrong: 'The number must be at most 30 letters, digits, spaces, slashes or hyphens', reasonMissing: 'Enter why it is paid back', reasonTooLong: 'Why must be 500 characters or less',
      done: 'How it was paid back', doneBy: '{amount}, {at}: {means}',
      refusals: {
        'not-at-counter': 'This was not paid at the counter.', 'same-day': 'This was paid today, and the money is in the till: give it back at the counter.', 'not-paid': 'This has not been paid, so there is nothing to pay back.', 'more-than-left': 'Nothing, or less than that, is left to pay back. It is now {left}.',
        'amount-changed': 'Somebody has paid money back meanwhile. What is left is now {left}.', 'refund-in-progress': 'Another refund of this payment is on its way. Wait until it has arrived.', 'provider-refused': 'This cannot be paid back here.',
      },
    },
    reconciliation: {
      area: 'Reconciliation', title: 'Reconciliation with payment providers',
      introduction: 'Every day’s settled list of every provider is compared with our books once the day is over, and again on the three days after.',
      none: 'No list has been read yet.', noneText: 'The first is read within an hour of the end of a day. Not every provider tells what it has settled.', noProviders: 'No payment provider of this council tells what it has settled.', noProvidersText: 'Compare the provider’s own reports with the ledger’s files by hand.', ledger: 'Ledger for the finance system',
      day: 'Day', dayAndProvider: 'Day and provider', state: 'List', payments: 'Payments', refunds: 'Refunds', others: 'Other', fees: 'Fees', settled: 'To the bank', differences: 'Differences', again: 'Run again', againFor: '{provider}, {day}', noDifferences: 'None', countedMoney: '{amount} ({count})',
      someDifferences: '{open} open of {all}', openDifferences: '{count, plural, one {# open difference} other {# open differences}}', manyOpenDifferences: '{count}+ open differences', allAgree: 'Nothing differs at the moment.',
      begun: 'The list is being read again. Look at this page again in a minute.', notBegun: 'That list is being read already.',
      states: { waiting: 'Waiting', running: 'Being read', done: 'Read', failed: 'Failed' },
      failures: { 'provider-unanswered': 'The provider did not answer. It is tried again within the hour.', 'provider-gone': 'This provider is no longer in the configuration.', 'list-without-end': 'The provider’s list did not end. Ask the provider.' },
      differencesTitle: 'Differences between settled money and our books', differencesOf: 'Differences of {provider}, {day}', differencesText: 'They close as soon as both sides agree, or when somebody closes their case; what is no payment closes when it has come back, too.', noOpen: 'Nothing differs at the moment', noOpenText: 'What differs after the next list is shown here.', back: 'Reconciliation', showOpen: 'Show all open differences',
      what: 'What differs', payment: 'Payment', ours: 'In our books', theirs: 'Settled', difference: { open: 'Open', agreed: 'Agrees now', 'cleared-up': 'Cleared up' }, caseOf: 'Case', nothing: 'Nothing', atProvider: 'At the provider: {id}',
    },
  },
});
