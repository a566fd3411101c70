import { escapeHtml, htmlWords } from './email-words';
import { MISBEHAVIOURS } from './misbehaviour';
import { STATUSES, type NotificationStatus, type SimulatedNotification } from './notification';
import type { NotifySimulator } from './notify-simulator';

const MOST_SHOWN = 100;
const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;color:#0b0c0c}article{border:1px solid #b1b4b6;padding:0 1rem 1rem;margin:1rem 0}dt{font-weight:bold}dd{margin:0 0 .5rem}button,select,input{font:inherit;padding:.25rem .5rem;margin:.1rem}:focus-visible{outline:3px solid #0b0c0c;background:#fd0;color:#0b0c0c}pre{white-space:pre-wrap;overflow-wrap:anywhere}table{border-collapse:collapse}td,th{border-bottom:1px solid #b1b4b6;padding:.25rem .75rem .25rem 0;text-align:left;overflow-wrap:anywhere}';

/** The page by which somebody drives the simulator: what came, what becomes of it, and what goes wrong. It works without JavaScript. */
export function drivingPage(simulator: NotifySimulator): string {
  const { service, notifications, misbehaviour, callbackTries, receivedTexts } = simulator;
  const current = Object.entries(MISBEHAVIOURS).find(([, how]) => how === misbehaviour)?.[0] ?? (misbehaviour ? misbehaviour.kind : 'nothing');
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Notify simulator: ${escapeHtml(service.name)}</title><style>${STYLE}</style></head><body>`,
    `<h1>Notify simulator</h1><p>Not GOV.UK Notify. Nothing here reaches anybody. The service is ${escapeHtml(service.name)}${service.isTrial ? ', in trial mode' : ''}.</p>`,
    form('/trial', `<button>${service.isTrial ? 'Make the service live' : 'Put the service into trial mode'}</button>`),
    `<h2>What goes wrong</h2><p>Now: ${escapeHtml(current)}.</p>`,
    form('/misbehave', `<label>From the next message on <select name="how"><option>nothing</option>${Object.keys(MISBEHAVIOURS).map((name) => `<option${name === current ? ' selected' : ''}>${escapeHtml(name)}</option>`).join('')}</select></label> <label><input type="checkbox" name="once"> once</label> <button>Do so</button>`),
    `<h2>Messages</h2><p>${notifications.length} came${notifications.length > MOST_SHOWN ? `, the newest ${MOST_SHOWN} are shown` : ''}.</p>${[...notifications].reverse().slice(0, MOST_SHOWN).map(article).join('')}`,
    `<h2>Callbacks</h2><p>Receipts go to ${service.deliveryCallback ? escapeHtml(service.deliveryCallback.url) : 'nobody: give an address and a token'}.</p>`,
    form('/callback', '<label>Address <input name="url" type="url" required></label> <label>Bearer token <input name="token" minlength="10" required autocomplete="off"></label> <button>Set</button>'),
    form('/hurry', '<button>Send again now what waits</button>'),
    callbackTries.length ? `<table><thead><tr><th>To</th><th>Answer</th><th>Try</th><th>Again?</th></tr></thead><tbody>${[...callbackTries].reverse().slice(0, MOST_SHOWN).map((each) => `<tr><td>${escapeHtml(each.url)}</td><td>${each.status}</td><td>${each.tries}</td><td>${each.willTryAgain ? 'yes' : 'no'}</td></tr>`).join('')}</tbody></table>` : '',
    `<h2>Texts to the service</h2>${receivedTexts.map(({ from, content }) => `<p>${escapeHtml(from)}: ${escapeHtml(content)}</p>`).join('')}`,
    form('/text', '<label>From <input name="from" value="07700900123" required></label> <label>Words <input name="content" required></label> <button>Send</button>'),
    '</body></html>',
  ].join('\n');
}

/** Does what a form on the page asks for. What it does not know it leaves. */
export function actOnPage(simulator: NotifySimulator, path: string, fields: URLSearchParams): void {
  const field = (name: string): string => fields.get(name) ?? '';
  const { service } = simulator;
  switch (path) {
    case '/settle': {
      const found = simulator.notifications.find(({ id }) => id === field('id'));
      const status = found && (STATUSES[found.type] as readonly NotificationStatus[]).find((each) => each === field('status'));
      if (found && status) simulator.settle(found.id, status);
      return;
    }
    case '/misbehave': return simulator.misbehave(MISBEHAVIOURS[field('how')], fields.has('once') ? { times: 1 } : {});
    case '/trial': service.isTrial = !service.isTrial; return;
    case '/callback': {
      if (!URL.canParse(field('url')) || field('token').length < 10) return;
      const callback = { url: field('url'), token: field('token') };
      service.deliveryCallback = callback;
      service.returnedLetterCallback = callback;
      return;
    }
    case '/hurry': void simulator.hurryCallbacks(); return;
    case '/text': return simulator.receiveText(field('from'), field('content'));
  }
}

function article(each: SimulatedNotification): string {
  return [
    `<article><h3>${each.type}: ${escapeHtml(each.subject ?? each.to)}</h3><dl><dt>Status</dt><dd>${each.status}</dd><dt>To</dt><dd>${escapeHtml(each.type === 'letter' && each.lines.length ? each.lines.join(', ') : each.to)}</dd>`,
    `<dt>Reference</dt><dd>${escapeHtml(each.reference ?? 'none')}</dd><dt>Template</dt><dd>${escapeHtml(each.template.name)}</dd></dl>`,
    each.type === 'sms' ? `<pre>${escapeHtml(each.body)}</pre>` : htmlWords(each.body),
    form('/settle', `<input type="hidden" name="id" value="${each.id}"><label>Becomes <select name="status">${STATUSES[each.type].map((status) => `<option${status === each.status ? ' selected' : ''}>${status}</option>`).join('')}</select></label> <button>Move on<span style="position:absolute;clip-path:inset(50%)"> ${escapeHtml(each.subject ?? each.to)}</span></button>`), '</article>',
  ].join('');
}

function form(action: string, inside: string): string {
  return `<form method="post" action="${action}">${inside}</form>`;
}
