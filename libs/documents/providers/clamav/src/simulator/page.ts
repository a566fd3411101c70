import type { ClamdSimulator } from './clamd-simulator';
import { CLAMD_FAULTS } from './faults';
import type { Faults } from './faults';

/** The page by which a council's team drives the simulator. It runs no script. */
export function clamdPage(clamd: ClamdSimulator & { readonly faults: Faults }): string {
  const rows = clamd.scans.toReversed().map(({ at, sizeInBytes, verdict }) => `<tr><td>${at.toISOString()}</td><td>${sizeInBytes}</td><td>${escaped(verdict)}</td></tr>`).join('');
  const planned = clamd.faults.planned.map(({ fault, left }) => `<li>${fault}, ${left === Number.POSITIVE_INFINITY ? 'until it is cleared' : `${left} more`}</li>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>clamd simulator</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #767676;padding:.25rem;text-align:left;overflow-wrap:anywhere}button,select,input{font:inherit;padding:.3rem .6rem}</style></head><body>
<h1>clamd simulator</h1><p>It speaks as ClamAV’s clamd at <code>${escaped(clamd.address)}</code>, and finds only the harmless test virus (EICAR). It protects nobody.</p>
<h2>Make it fail</h2><form method="post" action="/faults"><p><label>What happens <select name="fault">${CLAMD_FAULTS.map((fault) => `<option>${fault}</option>`).join('')}</select></label> <label>to so many connections <input name="times" value="1" inputmode="numeric" size="3"></label> <button>Plan it</button></p></form>
${planned ? `<h3>Planned</h3><ol>${planned}</ol>` : '<p>Nothing is planned.</p>'}<form method="post" action="/clear"><p><button>Clear faults and the list below</button></p></form>
<h2>How it is</h2><form method="post" action="/signatures"><p><label>Its signatures are so many days old (or “none”) <input name="days" value="${clamd.signaturesAgeInDays}" size="5"></label> <button>Set</button></p></form>
<form method="post" action="/limit"><p><label>StreamMaxLength, bytes <input name="bytes" value="${clamd.streamMaxInBytes}" inputmode="numeric" size="12"></label> <button>Set</button></p></form>
<h2>Files that were looked at, the latest first</h2><table><thead><tr><th scope="col">When</th><th scope="col">Bytes</th><th scope="col">Verdict</th></tr></thead><tbody>${rows}</tbody></table></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
