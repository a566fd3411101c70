import { escape, pounds } from '@guildhall/payments-contract/far-end';
import type { SimulatorControls } from './controls';
import type { KeptSession } from './kept-session';
import { isPaid, leftToRefund } from './kept-session';
import type { PayerDoes } from './payer-does';

const MOST = 30;
/** How each doing reads on its button. */
const LABELS: Readonly<Record<Exclude<PayerDoes, 'open'>, string>> = {
  submit: 'bank has not decided', succeed: 'pay', 'card-declined': 'card is declined', decline: 'bank does not pay', error: 'bank has an error', cancel: 'end it', expire: 'let it expire',
};

/** The page on which a council's team drives the simulator by hand: sessions, what happens to them, what goes wrong, and what webhooks were told. For staff, in English. */
export function controlPage(controls: SimulatorControls, today: string, notice: string | undefined): string {
  const sessions = [...controls.sessions()].reverse().slice(0, MOST);
  const button = (action: string, label: string, fields: Readonly<Record<string, string>>, about?: string): string =>
    `<form class="inline" method="post" action="/simulator/${action}">${Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join('')}<button class="button secondary" type="submit">${escape(label)}${about ? `<span class="hidden"> ${escape(about)}</span>` : ''}</button></form>`;
  const rows = sessions.map((session) => {
    const { id, order, status, intent, refunds } = session;
    const about = `payment ${order.reference ?? id}`;
    const doings = doingsOf(session).map((does) => button(`payments/${id}/payer`, LABELS[does], { does }, about));
    if (leftToRefund(session) > 0) doings.push(button(`payments/${id}/refund-outside`, 'pay all back in the dashboard', { amountInPence: String(leftToRefund(session)) }, about));
    if (isPaid(session) && !intent?.charge?.transaction.payout) doings.push(button(`payments/${id}/settle`, 'pay out today', { on: today }, about));
    if (isPaid(session) && !session.dispute) doings.push(button(`payments/${id}/dispute`, 'dispute it', {}, about));
    if (session.dispute?.status === 'needs_response') for (const decided of ['won', 'lost']) doings.push(button(`payments/${id}/dispute-status`, `dispute is ${decided}`, { status: decided }, about));
    if (session.dispute?.transactions.some(({ payout }) => payout === undefined) && intent?.charge?.transaction.payout) doings.push(button(`payments/${id}/settle`, 'pay out today', { on: today }, about));
    const states = [status, intent?.status, intent?.error?.code, session.dispute && `disputed: ${session.dispute.status}`].filter((word) => word !== undefined).map(escape).join(', ');
    return `<tr><th scope="row">${escape(order.reference ?? 'no reference')}<br><small>${escape(id.slice(0, 24))}…</small></th><td>${pounds(order.amount)}</td><td>${states}${refunds.map((refund) => `<br>refund ${pounds(refund.amount)} ${refund.status}`).join('')}</td><td>${doings.join(' ')}</td></tr>`;
  });
  const options = (all: readonly string[]): string => all.map((one) => `<option>${one}</option>`).join('');
  const tries = controls.webhooks.tries.slice(-MOST).reverse().map(({ type, url, status }) => `<li>${escape(type)} to ${escape(url)}: ${status === 0 ? 'no answer' : status}</li>`);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Stripe simulator</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><div class="width"><span class="name">Stripe simulator</span></div></header><div class="width"><main id="main" class="controls">
<h1>What happens here</h1>${notice ? `<p role="status"><strong>${escape(notice)}</strong></p>` : ''}
<h2>Checkout sessions, the newest first</h2>
${rows.length ? `<div class="scroll" role="region" aria-label="Checkout sessions" tabindex="0"><table><thead><tr><th scope="col">Reference</th><th scope="col">Amount</th><th scope="col">Status</th><th scope="col">Let happen</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>` : '<p>There are none yet. Make one with a key that begins with sk_test_.</p>'}
<div>${button('refunds', 'Refunds on their way arrive', { state: 'succeeded' })} ${button('refunds', 'Refunds on their way come back', { state: 'failed' })}</div>
<h2>Let something go wrong</h2>
<form method="post" action="/simulator/faults"><div class="group"><label for="operation">The next call to</label><select id="operation" name="operation">${options(controls.faults.operations)}</select></div>
<div class="group"><label for="fault">ends with</label><select id="fault" name="fault">${options(controls.faults.faults)}</select></div>
<div class="group"><label for="times">as many times</label><input class="two" id="times" name="times" type="text" inputmode="numeric" value="1"></div><button class="button" type="submit">Let it go wrong</button></form>
<div>${controls.faults.all().length} faults wait. ${button('faults/clear', 'Forget them', {})}</div>
<h2>Webhooks</h2>
<form method="post" action="/simulator/webhooks"><div class="group"><label for="apiKey">API key of the account</label><input class="wide" id="apiKey" name="apiKey" type="text" autocomplete="off"></div>
<div class="group"><label for="url">Address</label><input class="wide" id="url" name="url" type="text" placeholder="http://localhost:4000/payments/webhooks/stripe"></div>
<div class="group"><label for="secret">Signing secret</label><input class="wide" id="secret" name="secret" type="text" autocomplete="off" placeholder="whsec_"></div><button class="button" type="submit">Send them there</button></form>
<div>${button('webhooks/hold', 'Hold them back', {})} ${button('webhooks/release', 'Let them go', {})} ${button('webhooks/release', 'Let them go, newest first', { order: 'reversed' })}</div>
<h3>Sent, the newest first</h3>${tries.length ? `<ul>${tries.join('')}</ul>` : '<p>None yet.</p>'}
</main></div></body></html>
`;
}

/** What can still happen to a session. */
function doingsOf({ status, intent }: KeptSession): readonly Exclude<PayerDoes, 'open'>[] {
  if (status === 'open') return ['succeed', 'card-declined', 'submit', 'decline', 'error', 'cancel', 'expire'];
  return status === 'complete' && intent?.status === 'processing' ? ['succeed', 'decline', 'error'] : [];
}
