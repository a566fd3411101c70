import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read of payments. */
export const texts = defineTexts({
  en: {
    pay: {
      title: 'Your payment', introduction: 'When you choose to pay, you go to our payment provider’s secure page to enter your card details. Then you come back here.',
      what: 'What you are paying for', amount: 'Amount', total: 'Total', reference: 'Payment reference', button: 'Pay {amount}', back: 'Back',
    },
    outcome: {
      failed: { title: 'Your payment was declined', text: 'No money has been taken. Your bank may have refused it, or one of the card details may have been mistyped.' },
      cancelled: { title: 'You cancelled your payment', text: 'No money has been taken.' },
      expired: { title: 'Your payment ran out of time', text: 'The payment page was open for too long, so it was closed to keep your details safe. No money has been taken.' },
      error: { title: 'Something went wrong with your payment', text: 'Our payment provider had a problem. If any money leaves your account all the same, we will see it, and either complete your payment or send the money back.' },
      unfinished: { title: 'You have not paid yet', text: 'You left the payment page before you paid. No money has been taken.' },
      unavailable: { title: 'The payment page is not answering', text: 'We could not reach our payment provider. You have not paid anything. Wait a minute, then try again.' },
      refused: { title: 'You cannot pay this online', text: 'Our payment provider does not accept this payment. You have not paid anything. Phone us and we will find another way.' },
      withdrawn: { title: 'You do not have to pay this any more', text: 'This payment has been withdrawn. If any money leaves your account all the same, we will send it back to the card you used.' },
      kept: 'Everything you told us has been kept. You can use the same card or another one.', again: 'Try to pay {amount} again', carryOn: 'Carry on and pay {amount}', back: 'Go back without paying',
      goOn: 'Continue', help: 'If you need help, phone {telephone} and quote payment reference {reference}.',
    },
    unanswered: {
      title: 'We cannot show your payment at the moment', text: 'The system that keeps payments is not answering. Nothing is lost: what you have paid is paid, and you have not been charged for anything else. Wait a minute, then try again.',
      again: 'Try again', help: 'If you need help, phone {telephone}.',
    },
    waiting: {
      title: 'We are waiting to hear about your payment', text: 'The bank or our payment provider has not decided yet. It usually takes less than a minute.',
      donot: 'Do not pay again. You can close this page: as soon as we hear, we will carry on by ourselves. Everything you told us has been kept.', check: 'Check now',
    },
    receipt: {
      title: 'Receipt', paidTo: 'Paid to', paidOn: 'Date paid', reference: 'Payment reference', method: 'Paid with', card: '{brand} card ending in {digits}', number: 'Receipt number', for: 'Paid for', what: 'What for', amount: 'Amount', total: 'Total paid',
      vat: 'Includes VAT of {amount}.', vatNumber: 'VAT registration number', refunds: 'Money paid back', refundOn: 'Date', refundState: 'Progress', refunded: 'Paid back in all', print: 'Print this receipt', back: 'Back to your payments', goOn: 'Continue',
    },
    refund: { requested: 'On its way to your card', submitted: 'On its way to your card, it takes up to 10 working days', succeeded: 'Paid back to your card', failed: 'Could not be paid back. We will contact you.' },
    account: {
      title: 'Your payments', none: 'You have not paid for anything here yet.', all: 'All your payments', introduction: 'What you have paid, and what we have paid back. The newest comes first.', receipt: 'Receipt', receiptFor: 'Receipt for {what}', back: 'Your account',
      pay: 'Pay now', payFor: 'Pay for {what}', refunded: '{amount} paid back',
    },
    state: {
      requested: 'Not paid yet', started: 'Not paid yet', submitted: 'Being decided', succeeded: 'Paid', failed: 'Declined', cancelled: 'Cancelled', expired: 'Ran out of time', error: 'Went wrong', withdrawn: 'Withdrawn',
    },
  },
  cy: {
    pay: {
      title: 'Eich taliad', introduction: 'Pan fyddwch yn dewis talu, byddwch yn mynd i dudalen ddiogel ein darparwr taliadau i roi manylion eich cerdyn. Yna byddwch yn dod yn ôl yma.',
      what: 'Am beth rydych chi’n talu', amount: 'Swm', total: 'Cyfanswm', reference: 'Cyfeirnod y taliad', button: 'Talu {amount}', back: 'Yn ôl',
    },
    outcome: {
      failed: { title: 'Cafodd eich taliad ei wrthod', text: 'Nid oes arian wedi’i gymryd. Efallai fod eich banc wedi’i wrthod, neu fod un o fanylion y cerdyn wedi’i gamdeipio.' },
      cancelled: { title: 'Rydych wedi canslo eich taliad', text: 'Nid oes arian wedi’i gymryd.' },
      expired: { title: 'Daeth amser eich taliad i ben', text: 'Roedd y dudalen dalu ar agor am ormod o amser, felly cafodd ei chau i gadw eich manylion yn ddiogel. Nid oes arian wedi’i gymryd.' },
      error: { title: 'Aeth rhywbeth o’i le gyda’ch taliad', text: 'Cafodd ein darparwr taliadau broblem. Os bydd arian yn gadael eich cyfrif er hynny, byddwn yn ei weld, a naill ai’n cwblhau eich taliad neu’n anfon yr arian yn ôl.' },
      unfinished: { title: 'Nid ydych wedi talu eto', text: 'Fe wnaethoch adael y dudalen dalu cyn talu. Nid oes arian wedi’i gymryd.' },
      unavailable: { title: 'Nid yw’r dudalen dalu yn ateb', text: 'Ni allem gyrraedd ein darparwr taliadau. Nid ydych wedi talu dim. Arhoswch funud, yna rhowch gynnig arall arni.' },
      refused: { title: 'Ni allwch dalu hwn ar-lein', text: 'Nid yw ein darparwr taliadau yn derbyn y taliad hwn. Nid ydych wedi talu dim. Ffoniwch ni a byddwn yn dod o hyd i ffordd arall.' },
      withdrawn: { title: 'Nid oes rhaid i chi dalu hwn mwyach', text: 'Mae’r taliad hwn wedi’i dynnu’n ôl. Os bydd arian yn gadael eich cyfrif er hynny, byddwn yn ei anfon yn ôl i’r cerdyn a ddefnyddioch.' },
      kept: 'Mae popeth a ddywedoch wrthym wedi’i gadw. Gallwch ddefnyddio’r un cerdyn neu un arall.', again: 'Ceisio talu {amount} eto', carryOn: 'Parhau a thalu {amount}', back: 'Mynd yn ôl heb dalu',
      goOn: 'Parhau', help: 'Os oes angen help arnoch, ffoniwch {telephone} gan roi cyfeirnod y taliad, {reference}.',
    },
    unanswered: {
      title: 'Ni allwn ddangos eich taliad ar hyn o bryd', text: 'Nid yw’r system sy’n cadw taliadau yn ateb. Does dim wedi’i golli: mae’r hyn rydych wedi’i dalu wedi’i dalu, ac ni chodwyd tâl arnoch am unrhyw beth arall. Arhoswch funud, yna rhowch gynnig arall arni.',
      again: 'Rhoi cynnig arall arni', help: 'Os oes angen help arnoch, ffoniwch {telephone}.',
    },
    waiting: {
      title: 'Rydym yn aros i glywed am eich taliad', text: 'Nid yw’r banc na’n darparwr taliadau wedi penderfynu eto. Mae’n cymryd llai na munud fel arfer.',
      donot: 'Peidiwch â thalu eto. Gallwch gau’r dudalen hon: cyn gynted ag y clywn, byddwn yn parhau ein hunain. Mae popeth a ddywedoch wrthym wedi’i gadw.', check: 'Gwirio nawr',
    },
    receipt: {
      title: 'Derbynneb', paidTo: 'Talwyd i', paidOn: 'Dyddiad talu', reference: 'Cyfeirnod y taliad', method: 'Talwyd â', card: 'Cerdyn {brand} yn gorffen â {digits}', number: 'Rhif y dderbynneb', for: 'Talwyd am', what: 'Am beth', amount: 'Swm', total: 'Cyfanswm a dalwyd',
      vat: 'Yn cynnwys TAW o {amount}.', vatNumber: 'Rhif cofrestru TAW', refunds: 'Arian a ad-dalwyd', refundOn: 'Dyddiad', refundState: 'Cynnydd', refunded: 'Ad-dalwyd i gyd', print: 'Argraffu’r dderbynneb hon', back: 'Yn ôl i’ch taliadau', goOn: 'Parhau',
    },
    refund: { requested: 'Ar ei ffordd i’ch cerdyn', submitted: 'Ar ei ffordd i’ch cerdyn, gall gymryd hyd at 10 diwrnod gwaith', succeeded: 'Ad-dalwyd i’ch cerdyn', failed: 'Nid oedd modd ei ad-dalu. Byddwn yn cysylltu â chi.' },
    account: {
      title: 'Eich taliadau', none: 'Nid ydych wedi talu am ddim yma eto.', all: 'Eich holl daliadau', introduction: 'Yr hyn rydych wedi’i dalu, a’r hyn rydym wedi’i ad-dalu. Y diweddaraf sy’n dod gyntaf.', receipt: 'Derbynneb', receiptFor: 'Derbynneb am {what}', back: 'Eich cyfrif',
      pay: 'Talu nawr', payFor: 'Talu am {what}', refunded: 'ad-dalwyd {amount}',
    },
    state: {
      requested: 'Heb ei dalu eto', started: 'Heb ei dalu eto', submitted: 'Yn cael ei benderfynu', succeeded: 'Talwyd', failed: 'Gwrthodwyd', cancelled: 'Canslwyd', expired: 'Daeth yr amser i ben', error: 'Aeth o’i le', withdrawn: 'Tynnwyd yn ôl',
    },
  },
});
