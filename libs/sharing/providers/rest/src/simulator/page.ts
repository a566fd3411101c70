import { REST_REGISTER_FAULTS, type RestRegisterFault } from './faults';

/** What the page shows. */
export interface PageView {
  readonly origin: string;
  readonly ids: readonly string[];
  readonly planned: { readonly fault: RestRegisterFault; readonly left: number } | undefined;
  /** The oldest first. */
  readonly seen: readonly string[];
}

const MOST_SHOWN = 100;

/** The page by which a council's team drives the simulator. It runs no script. */
export function simulatorPage({ origin, ids, planned, seen }: PageView): string {
  const list = (texts: readonly string[]): string => texts.map((text) => `<li><code>${escaped(text)}</code></li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Back office simulator</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}code{overflow-wrap:anywhere}button,select,input{font:inherit;padding:.3rem .6rem}</style></head><body>
<h1>Back office simulator</h1><p>${ids.length} invented people, at <code>${escaped(origin)}/api/people/{id}</code> and <code>${escaped(origin)}/api/people?born={dateOfBirth}</code>.</p>
<h2>Make it fail</h2><form method="post" action="/simulator/faults"><p><label>What happens <select name="fault">${REST_REGISTER_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>to so many questions <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
<p>${planned ? `Planned: ${escaped(planned.fault)}, ${planned.left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${planned.left} more`}.` : 'Nothing is planned.'}</p><form method="post" action="/simulator/clear"><p><button>Clear what is planned</button></p></form>
<h2>Questions, the latest first</h2><ol>${list(seen.slice(-MOST_SHOWN).toReversed())}</ol><h2>People</h2><ul>${list(ids)}</ul></body></html>`;
}

function escaped(text: string): string { return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`); }
