import { EXTENDED_STATUSES } from '@guildhall/open311-contract';
import { fieldOf, type SimulatedReport } from './works-book';

/** The page on which somebody who tries a council out says what happens to reports. It runs no script. */
export function simulatorPage(reports: readonly SimulatedReport[]): string {
  const options = EXTENDED_STATUSES.map((status) => `<option>${status}</option>`).join('');
  const rows = reports.toReversed().map((report) => `<section><h2>${escaped(report.number)}: ${escaped(fieldOf(report, 'service_code'))}, ${escaped(report.status)}</h2><pre>${escaped(fieldOf(report, 'description'))}</pre>
<form method="post" action="/happens"><input type="hidden" name="number" value="${escaped(report.number)}"><p><label>Status of ${escaped(report.number)} <select name="status">${options}</select></label> <label>Words <input name="text" size="40"></label> <button>Say it to the council</button></p></form></section>`).join('');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Works system, simulated</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f2f1;padding:.5rem}button,select,input{font:inherit;padding:.3rem .6rem;max-width:100%;box-sizing:border-box}</style></head><body>
<h1>Works system, simulated</h1><p>What the council hands over by Open311 arrives here. Say what happens to it, and the council hears of it.</p>${rows || '<p>Nothing has been handed over yet.</p>'}</body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
