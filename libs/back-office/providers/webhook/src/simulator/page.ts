import type { Progress } from '@guildhall/back-office-contract';
import type { FetchedPhoto } from '@guildhall/back-office-contract/far-end';
import type { CloudEvent } from '@guildhall/subscriptions-contract';
import { photosIn, type DepotCase } from './depot-case';
import { DEPOT_FAULTS, type DepotFault } from './faults';

/** What the page shows of a case. */
export interface ShownCase { readonly one: DepotCase; readonly photos: readonly FetchedPhoto[]; readonly words: readonly { readonly event: CloudEvent; readonly photos: readonly FetchedPhoto[] }[]; readonly told: readonly Progress[] }
/** What the page shows. */
export interface PageView { readonly cases: readonly ShownCase[]; readonly planned: readonly { readonly fault: DepotFault; readonly left: number }[]; readonly seen: readonly string[] }

const MOST_SEEN = 50;
/** Words that the council's rules know, and one that they do not. */
const STATUSES = ['in_progress', 'action_scheduled', 'unchanged', 'fixed', 'no_further_action', 'awaiting_the_moon'];

/** The page on which somebody who tries a council out sees what came, says what happens to it, and makes the depot fail. It runs no script. */
export function depotPage({ cases, planned, seen }: PageView): string {
  const plans = planned.map(({ fault, left }) => `<li>${escaped(fault)}, ${left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${left} more`}</li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Depot, simulated</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f3f2f1;padding:.5rem}button,select,input{font:inherit;padding:.3rem .6rem;max-width:100%;box-sizing:border-box}img{max-width:100%;height:auto;max-height:20rem}figure{margin:0 0 1rem}</style></head><body><main>
<h1>Depot, simulated</h1><p>What the council hands over by signed webhooks arrives here. Say what happens to it, and the council hears of it.</p><p><a href="#fail">Make it fail</a>, <a href="#messages">see the messages</a></p>${cases.toReversed().map(section).join('') || '<p>Nothing has been handed over yet.</p>'}
<h2 id="fail">Make it fail</h2><form method="post" action="/faults"><p><label>What happens <select name="fault">${DEPOT_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>to so many calls <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${plans ? `<h3>Planned</h3><ol>${plans}</ol>` : '<p>Nothing is planned.</p>'}
<form method="post" action="/clear"><p><button>Clear what is planned</button></p></form>
<h2 id="messages">Messages, the latest first</h2><ol>${seen.toReversed().slice(0, MOST_SEEN).map((call) => `<li><code>${escaped(call)}</code></li>`).join('')}</ol></main></body></html>`;
}

function section({ one: { reference, event }, photos, words, told }: ShownCase): string {
  const number = escaped(reference);
  const { photos: _photos, ...data } = event.data;
  return `<section><h2>${number}: ${escaped(String(data['typeTitle']))}, ${escaped(told.at(-1)?.status ?? 'open')}</h2><p>${escaped(String(data['reference']))}: ${escaped(String(data['summary']))}</p><details><summary>All that came with ${number}</summary><pre>${escaped(JSON.stringify(data, null, 2))}</pre></details>${figures(photos, event, reference)}
${words.map((later) => `<h3>Written later</h3><pre>${escaped(String(later.event.data['text']))}</pre>${figures(later.photos, later.event, reference)}`).join('')}
<form method="post" action="/happens"><input type="hidden" name="reference" value="${number}"><p><label>Status of ${number} <select name="status">${STATUSES.map((status) => `<option>${status}</option>`).join('')}</select></label> <label>Words <input name="text" size="40"></label> <button>Say it to the council</button></p></form>
${told.length ? `<form method="post" action="/again"><input type="hidden" name="reference" value="${number}"><p><button>Say the last thing about ${number} again</button></p></form>` : ''}</section>`;
}

function figures(photos: readonly FetchedPhoto[], event: CloudEvent, reference: string): string {
  return photos.map(({ url, sha256, problem }, index) => {
    const name = `photo ${index + 1} of ${escaped(reference)}`;
    const isTold = photosIn(event)[index]?.sha256 === sha256;
    return `<figure>${sha256 === undefined ? `<p>${capital(name)} is not here. ${escaped(problem ?? '')}</p>` : `<img src="/photos/${sha256}" alt="${capital(name)}">`}
<figcaption>${sha256 === undefined ? '' : `<p>${isTold ? 'Its bytes are those that the council named.' : 'Its bytes are not those that the council named.'}</p>`}<form method="post" action="/photos/again"><button name="url" value="${escaped(url)}">Fetch ${name} again</button></form></figcaption></figure>`;
  }).join('');
}
const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
