import { escape, pounds } from '@guildhall/payments-contract/far-end';
import type { SimulatorControls } from './controls';
import { BANK_SAYS } from './kept-agreement';
import { DISPUTE_LEADS_TO } from './kept-dispute';
import { isOpen, leftToRefund, refundStatus } from './kept-payment';
import { PAYER_DOES } from './payer-does';

const MOST = 30;

/** The page on which a council's team drives the simulator by hand: payments, what happens to them, what goes wrong, and what webhooks were told. For staff, in English. */
export function controlPage(controls: SimulatorControls, today: string, notice: string | undefined): string {
  const payments = [...controls.payments()].reverse().slice(0, MOST);
  const button = (action: string, label: string, fields: Readonly<Record<string, string>>, about?: string): string =>
    `<form class="inline" method="post" action="/simulator/${action}">${Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join('')}<button class="button secondary" type="submit">${escape(label)}${about ? `<span class="hidden"> ${escape(about)}</span>` : ''}</button></form>`;
  const rows = payments.map((payment) => {
    const { id, order, status, code } = payment;
    const acts = isOpen(payment) || status === 'submitted' ? Object.keys(PAYER_DOES).filter((does) => does !== 'open') : status === 'failed' && code === 'P0020' ? ['succeed'] : [];
    const doings = acts.map((does) => button(`payments/${id}/payer`, does, { does }, `payment ${order.reference}`));
    if (refundStatus(payment) === 'available') doings.push(button(`payments/${id}/refund-outside`, 'pay all back in the admin tool', { amountInPence: String(leftToRefund(payment)) }, `payment ${order.reference}`));
    if (status === 'success' && !payment.settledDate) doings.push(button(`payments/${id}/settle`, 'settle today', { on: today }, `payment ${order.reference}`));
    if (status === 'success' && !payment.dispute) doings.push(button(`payments/${id}/dispute`, 'let the payer dispute it', {}, `payment ${order.reference}`));
    for (const next of payment.dispute ? DISPUTE_LEADS_TO[payment.dispute.status] : []) doings.push(button(`payments/${id}/dispute-status`, `dispute: ${next}`, { status: next }, `payment ${order.reference}`));
    return `<tr><th scope="row">${escape(order.reference)}<br><small>${escape(id)}</small></th><td>${pounds(order.amount)}${order.isMoto ? '<br>by telephone' : ''}${order.agreementId ? '<br>by agreement' : ''}</td><td>${escape(status)}${code ? ` ${code}` : ''}${payment.refunds.map((refund) => `<br>refund ${pounds(refund.amount)} ${refund.status}`).join('')}${payment.settledDate ? `<br>settled ${payment.settledDate}` : ''}${payment.dispute ? `<br>disputed: ${payment.dispute.status}` : ''}</td><td>${doings.join(' ')}</td></tr>`;
  });
  const agreements = [...controls.agreements()].reverse().slice(0, MOST).map(({ id, order, status, bankSays, instrument }) => {
    const doings = BANK_SAYS.filter((says) => says !== bankSays).map((says) => button(`agreements/${id}/bank`, `the bank says ${says}`, { says }, `to agreement ${order.reference}`));
    if (status === 'active') doings.push(button(`agreements/${id}/cancel`, 'cancel in the admin tool', {}, `agreement ${order.reference}`));
    return `<tr><th scope="row">${escape(order.reference)}<br><small>${escape(id)}</small></th><td>${status}${instrument ? `<br>card ends ${instrument.card.number.slice(-4)}` : ''}</td><td>${bankSays}</td><td>${doings.join(' ')}</td></tr>`;
  });
  const options = (all: readonly string[]): string => all.map((one) => `<option>${one}</option>`).join('');
  const tries = controls.webhooks.tries.slice(-MOST).reverse().map(({ type, url, status }) => `<li>${escape(type)} to ${escape(url)}: ${status === 0 ? 'no answer' : status}</li>`);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>GOV.UK Pay simulator</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><div class="width"><span class="name">GOV.UK Pay simulator</span></div></header><div class="width"><main id="main" class="controls">
<h1>What happens here</h1>${notice ? `<p role="status"><strong>${escape(notice)}</strong></p>` : ''}
<h2>Payments, the newest first</h2>
${rows.length ? `<div class="scroll" role="region" aria-label="Payments" tabindex="0"><table><thead><tr><th scope="col">Reference</th><th scope="col">Amount</th><th scope="col">Status</th><th scope="col">Let happen</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>` : '<p>There are none yet. Make one with a key that begins with api_test_.</p>'}
<div>${button('refunds', 'Refunds on their way arrive', { state: 'success' })} ${button('refunds', 'Refunds on their way come back', { state: 'error' })}</div>
<h2>Agreements, the newest first</h2>
${agreements.length ? `<div class="scroll" role="region" aria-label="Agreements" tabindex="0"><table><thead><tr><th scope="col">Reference</th><th scope="col">Status</th><th scope="col">The bank says to its next payments</th><th scope="col">Let happen</th></tr></thead><tbody>${agreements.join('')}</tbody></table></div>` : '<p>There are none yet.</p>'}
<h2>Let something go wrong</h2>
<form method="post" action="/simulator/faults"><div class="group"><label for="operation">The next call to</label><select id="operation" name="operation">${options(controls.faults.operations)}</select></div>
<div class="group"><label for="fault">ends with</label><select id="fault" name="fault">${options(controls.faults.faults)}</select></div>
<div class="group"><label for="times">as many times</label><input class="two" id="times" name="times" type="text" inputmode="numeric" value="1"></div><button class="button" type="submit">Let it go wrong</button></form>
<div>${controls.faults.all().length} faults wait. ${button('faults/clear', 'Forget them', {})}</div>
<h2>Webhooks</h2>
<form method="post" action="/simulator/webhooks"><div class="group"><label for="apiKey">API key of the account</label><input class="wide" id="apiKey" name="apiKey" type="text" autocomplete="off"></div>
<div class="group"><label for="url">Address</label><input class="wide" id="url" name="url" type="text" placeholder="http://localhost:4000/payments/webhooks/govuk-pay"></div>
<div class="group"><label for="secret">Signing secret</label><input class="wide" id="secret" name="secret" type="text" autocomplete="off"></div><button class="button" type="submit">Send them there</button></form>
<div>${button('webhooks/hold', 'Hold them back', {})} ${button('webhooks/release', 'Let them go', {})} ${button('webhooks/release', 'Let them go, newest first', { order: 'reversed' })}</div>
<h3>Sent, the newest first</h3>${tries.length ? `<ul>${tries.join('')}</ul>` : '<p>None yet.</p>'}
</main></div></body></html>
`;
}
