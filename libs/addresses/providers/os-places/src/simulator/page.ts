import { OS_PLACES_FAULTS } from './faults';
import type { OsPlacesFault } from './faults';

/** What the page shows. */
export interface PageView {
  readonly origin: string;
  readonly key: string;
  readonly secret: string;
  readonly places: number;
  readonly perMinute: number;
  readonly inThisMinute: number;
  readonly planned: readonly { readonly fault: OsPlacesFault; readonly left: number }[];
  readonly seen: readonly { readonly at: string; readonly question: string; readonly status: number | string }[];
}

/** The page by which a council's team drives the simulator. It runs no script. */
export function simulatorPage(view: PageView): string {
  const rows = view.seen.map(({ at, question, status }) => `<tr><td>${escaped(at)}</td><td><code>${escaped(question)}</code></td><td>${escaped(String(status))}</td></tr>`).join('');
  const planned = view.planned.map(({ fault, left }) => `<li>${escaped(fault)}, ${left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${left} more`}</li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>OS Places simulator</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #767676;padding:.25rem;text-align:left;vertical-align:top}code{overflow-wrap:anywhere}button,select,input{font:inherit;padding:.3rem .6rem}</style></head><body>
<h1>OS Places simulator</h1><p>${view.places} invented places. Nothing here comes from Ordnance Survey.</p>
<p>Origin <code>${escaped(view.origin)}</code>, key <code>${escaped(view.key)}</code>, secret <code>${escaped(view.secret)}</code>. ${view.inThisMinute} of ${view.perMinute} questions in this minute.</p>
<h2>Make it fail</h2><form method="post" action="/simulator/faults"><p><label>What happens <select name="fault">${OS_PLACES_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>to so many questions <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${planned ? `<h3>Planned</h3><ol>${planned}</ol>` : '<p>Nothing is planned.</p>'}<form method="post" action="/simulator/clear"><p><button>Clear faults and counts</button></p></form>
<h2>Questions, the latest first</h2><table><thead><tr><th>When</th><th>Question</th><th>Answer</th></tr></thead><tbody>${rows}</tbody></table></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
