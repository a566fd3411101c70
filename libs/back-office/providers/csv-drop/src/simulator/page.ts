import type { ReceivedRow, ToldRow } from './exchange';
import { EXCHANGE_FAULTS, type ExchangeFault } from './faults';

/** What the page shows of one council's folder. */
export interface ShownExchange {
  readonly title: string;
  readonly isAway: boolean;
  readonly received: readonly ReceivedRow[];
  readonly told: readonly ToldRow[];
  readonly faults: readonly { readonly name: string; readonly text: string }[];
  readonly unfinished: readonly string[];
  readonly waiting: readonly string[];
}
/** What the page shows. */
export interface PageView { readonly exchanges: readonly ShownExchange[]; readonly planned: readonly { readonly fault: ExchangeFault; readonly left: number }[] }

/** Words that the council's rules know, and one that they do not. */
const STATUSES = ['in_progress', 'action_scheduled', 'unchanged', 'fixed', 'no_further_action', 'awaiting_the_moon'];

/** The page on which somebody who tries a council out sees which files came, writes files of what happened, and makes something wrong with them. It runs no script. */
export function exchangePage({ exchanges, planned }: PageView): string {
  const plans = planned.map(({ fault, left }) => `<li>${escaped(fault)}, ${left} more</li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>System that takes files, simulated</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f3f2f1;padding:.5rem}button,select,input{font:inherit;padding:.3rem .6rem;max-width:100%;box-sizing:border-box}img{max-width:100%;height:auto;max-height:20rem}dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap}</style></head><body><main>
<h1>System that takes files, simulated</h1><p>The council writes its files, and reads those of this system, every five minutes: what you do here shows there by then.</p><p><a href="#fail">Make something wrong with the next file</a></p>
${exchanges.map(section).join('')}
<h2 id="fail">Make something wrong with the next file</h2><form method="post" action="/faults"><p><label>What is wrong <select name="fault">${EXCHANGE_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>with so many files <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${plans ? `<h3>Planned</h3><ol>${plans}</ol>` : '<p>Nothing is planned.</p>'}
<form method="post" action="/clear"><p><button>Clear what is planned</button></p></form></main></body></html>`;
}

function section({ title, isAway, received, told, faults, unfinished, waiting }: ShownExchange, at: number): string {
  const button = (action: string, words: string): string => `<form method="post" action="/${action}"><input type="hidden" name="exchange" value="${at}"><p><button>${words}</button></p></form>`;
  return `<section><h2>${escaped(title)}</h2>
${isAway ? `<p>Its folder is away: the council can write and read nothing.</p>${button('back', 'Give the folder back')}` : button('away', 'Take the folder away')}
${received.some(({ isTaken }) => !isTaken) ? button('take', 'Take the files, as the system’s transfer does') : ''}
${received.toReversed().map((row) => caseSection(row, told.filter(({ reference }) => reference === row.cells['reference']), at)).join('') || '<p>No file of cases has come yet.</p>'}
${waiting.length ? `<h3>Files that the council has not put away yet</h3><ul>${waiting.map((name) => `<li>${escaped(name)}</li>`).join('')}</ul>` : ''}
${unfinished.length ? `<h3>Files that are not finished</h3><ul>${unfinished.map((name) => `<li>${escaped(name)}</li>`).join('')}</ul>${button('finish', 'Finish them')}` : ''}
${faults.map(({ name, text }) => `<h3>The council could not read all of ${escaped(name)}</h3><pre>${escaped(text)}</pre>`).join('')}</section>`;
}

function caseSection({ file, isTaken, cells, photos }: ReceivedRow, told: readonly ToldRow[], at: number): string {
  const reference = escaped(cells['reference'] ?? '');
  const fields = `<input type="hidden" name="exchange" value="${at}"><input type="hidden" name="reference" value="${reference}">`;
  return `<h3>${reference}: ${escaped(cells['title'] ?? '')}, ${escaped(told.at(-1)?.status ?? 'open')}</h3><p>In ${escaped(file)}${isTaken ? ', which was taken' : ''}.</p>
<details><summary>All that its row says</summary><dl>${Object.entries(cells).filter(([, value]) => value !== '').map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl></details>
${photos.map((name, index) => `<p><img src="/photos/${at}/${encodeURIComponent(name)}" alt="Photo ${index + 1} of ${reference}"></p>`).join('')}
<form method="post" action="/happens">${fields}<p><label>Status of ${reference} <select name="status">${STATUSES.map((status) => `<option>${status}</option>`).join('')}</select></label> <label>Words <input name="text" size="40"></label> <button>Write a file that says so</button></p></form>
${told.length ? `<form method="post" action="/again">${fields}<p><button>Write the last thing about ${reference} again</button></p></form>` : ''}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
