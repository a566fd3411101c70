import type { ReceivedEmail } from './mail-simulator';

/** What the mail server was given, the newest first. */
export function mailPage(emails: readonly ReceivedEmail[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simulated mail server</title>
<style>body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}article{border-top:1px solid #767676;padding-top:1rem}pre{white-space:pre-wrap;font:inherit}dt{font-weight:bold}dd{margin:0 0 .5rem}</style>
<main><h1>Simulated mail server</h1>
<p>E-mail that the council sent. None of it has left this machine. The addresses for-now@refused.example and for-good@refused.example are refused.</p>
${emails.map(({ at, to, from, subject, text }) => `<article><h2>${escape(subject)}</h2><dl><dt>To</dt><dd>${escape(to.join(', '))}</dd><dt>From</dt><dd>${escape(from)}</dd><dt>When</dt><dd>${at.toISOString()}</dd></dl><pre>${escape(text)}</pre></article>`).join('\n') || '<p>Nothing has come yet.</p>'}
</main></html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
