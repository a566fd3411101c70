import type { ReceivedTry, ReceiverAnswer } from './receiving-end';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const inWords = ({ status, headers, breaks }: ReceiverAnswer): string => (breaks ? { 'before-taking': 'closes the connection', 'after-taking': 'takes it and closes the connection', never: 'never answers' }[breaks] : `${status ?? 204}${headers?.['retry-after'] ? `, retry after ${headers['retry-after']}` : ''}`);

/** The page of a receiving end: what came, and how it answers from now on. */
export function receivingPage(tries: readonly ReceivedTry[], next: readonly ReceiverAnswer[], always: ReceiverAnswer): string {
  const rows = [...tries].reverse().slice(0, 100).map((one) => `<tr><td>${escaped(String(one.headers['webhook-id'] ?? '–'))}</td><td>${escaped(one.event?.type ?? '–')}</td><td>${escaped(one.fault ?? (one.isRepeated ? 'taken before' : 'genuine'))}</td><td>${one.status}</td><td><pre>${escaped(one.body.toString('utf8').slice(0, 2000))}</pre></td></tr>`).join('\n');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A system that is told</title>
<style>body{font:1rem/1.5 Arial,sans-serif;margin:1rem;max-width:70rem}table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}label{display:block;margin-top:.5rem}select,input,button{font:inherit}</style></head>
<body><main><h1>A system that is told</h1>
<p>Events are taken at <code>/hook</code>. ${next.length ? `The next ${next.length} are answered: ${escaped(next.map(inWords).join('; '))}. ` : ''}All others: ${escaped(inWords(always))}.</p>
<form method="post" action="/answers"><h2>How it answers</h2>
<label for="status">Status</label><input id="status" name="status" value="204" inputmode="numeric">
<label for="retry-after">Retry-After, in seconds or as a date</label><input id="retry-after" name="retry-after">
<label for="breaks">Breaks</label><select id="breaks" name="breaks"><option value="">No</option><option value="before-taking">Closes the connection</option><option value="after-taking">Takes it, then closes the connection</option><option value="never">Never answers</option></select>
<label for="times">How often</label><input id="times" name="times" value="1" inputmode="numeric">
<p><button name="for" value="next">The next ones</button> <button name="for" value="always">From now on</button></p></form>
<h2>What came</h2>${rows ? `<table><thead><tr><th scope="col">Id</th><th scope="col">Event</th><th scope="col">Check</th><th scope="col">Answer</th><th scope="col">Body</th></tr></thead><tbody>${rows}</tbody></table>` : '<p>Nothing yet.</p>'}
</main></body></html>`;
}
