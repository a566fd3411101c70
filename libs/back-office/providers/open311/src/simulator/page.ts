import type { FetchedPhoto } from '@guildhall/back-office-contract/far-end';
import { EXTENDED_STATUSES } from '@guildhall/open311-contract';
import { GEOREPORT_FAULTS, type GeoReportFault } from './faults';
import { fieldOf, type SimulatedReport } from './works-book';

/** What the page shows of a report. */
export interface ShownReport { readonly report: SimulatedReport; readonly photos: readonly FetchedPhoto[]; readonly heard: readonly { readonly status: string; readonly description: string; readonly photos: readonly FetchedPhoto[] }[] }
/** What the page shows. */
export interface PageView { readonly reports: readonly ShownReport[]; readonly planned: readonly { readonly fault: GeoReportFault; readonly left: number }[]; readonly givesTokens: boolean; readonly seen: readonly string[] }

const MOST_SEEN = 50;

/** The page on which somebody who tries a council out sees what came, says what happens to it, and makes the system fail. It runs no script. */
export function simulatorPage({ reports, planned, givesTokens, seen }: PageView): string {
  const plans = planned.map(({ fault, left }) => `<li>${escaped(fault)}, ${left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${left} more`}</li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Works system, simulated</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f3f2f1;padding:.5rem}button,select,input{font:inherit;padding:.3rem .6rem;max-width:100%;box-sizing:border-box}img{max-width:100%;height:auto;max-height:20rem}figure{margin:0 0 1rem}</style></head><body><main>
<h1>Works system, simulated</h1><p>What the council hands over by Open311 arrives here. Say what happens to it, and the council hears of it.</p><p><a href="#fail">Make it fail</a>, <a href="#calls">see the calls</a></p>${reports.toReversed().map(section).join('') || '<p>Nothing has been handed over yet.</p>'}
<h2 id="fail">Make it fail</h2><form method="post" action="/faults"><p><label>What happens <select name="fault">${GEOREPORT_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>to so many calls <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${plans ? `<h3>Planned</h3><ol>${plans}</ol>` : '<p>Nothing is planned.</p>'}
<form method="post" action="/tokens"><p>${givesTokens ? 'It gives tokens, and the number later.' : 'It gives numbers at once.'} <button name="gives" value="${givesTokens ? 'numbers' : 'tokens'}">Give ${givesTokens ? 'numbers at once' : 'tokens first'}</button></p></form>
<form method="post" action="/clear"><p><button>Clear what is planned</button></p></form>
<h2 id="calls">Calls, the latest first</h2><ol>${seen.toReversed().slice(0, MOST_SEEN).map((call) => `<li><code>${escaped(call)}</code></li>`).join('')}</ol></main></body></html>`;
}

function section({ report, photos, heard }: ShownReport): string {
  const number = escaped(report.number);
  return `<section><h2>${number}: ${escaped(fieldOf(report, 'service_code'))}, ${escaped(report.status)}</h2><pre>${escaped(fieldOf(report, 'description'))}</pre>${figures(photos, report.number)}
${heard.map((words) => `<h3>Written later (${escaped(words.status)})</h3><pre>${escaped(words.description)}</pre>${figures(words.photos, report.number)}`).join('')}
${report.isSettled ? '' : `<form method="post" action="/settle"><p>Only the token leads to it. <button name="token" value="${escaped(report.token)}">Make the number of ${number}</button></p></form>`}
<form method="post" action="/happens"><input type="hidden" name="number" value="${number}"><p><label>Status of ${number} <select name="status">${EXTENDED_STATUSES.map((status) => `<option>${status}</option>`).join('')}</select></label> <label>Words <input name="text" size="40"></label> <button>Say it to the council</button></p></form></section>`;
}

function figures(photos: readonly FetchedPhoto[], number: string): string {
  return photos.map(({ url, sha256, problem }, index) => `<figure>${sha256 === undefined ? `<p>Photo ${index + 1} of ${escaped(number)} is not here. ${escaped(problem ?? '')}</p>` : `<img src="/photos/${sha256}" alt="Photo ${index + 1} of ${escaped(number)}">`}
<figcaption><form method="post" action="/photos/again"><button name="url" value="${escaped(url)}">Fetch photo ${index + 1} of ${escaped(number)} again</button></form></figcaption></figure>`).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
