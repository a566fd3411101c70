import type { AuthorizeRequest } from './authorize-request';
import { FAULTS } from './faults';
import type { FaultName } from './faults';
import type { SimulatedPerson } from './people';

const WORDS = {
  en: { title: 'Simulated GOV.UK One Login', notReal: 'This is a simulator: nobody here is real.', choose: 'Who are you?', identity: 'How does the identity check end?', asPerson: 'As this person’s does', error: 'Come back with an error instead', none: 'No error', go: 'Continue', asked: 'Asked for' },
  cy: { title: 'GOV.UK One Login efelychiadol', notReal: 'Efelychydd yw hwn: nid oes neb yma’n go iawn.', choose: 'Pwy ydych chi?', identity: 'Sut mae’r gwiriad hunaniaeth yn dod i ben?', asPerson: 'Fel un y person hwn', error: 'Dychwelyd gyda gwall yn lle hynny', none: 'Dim gwall', go: 'Parhau', asked: 'Gofynnwyd am' },
} as const;

/** Every error with which One Login may send somebody back. */
export const REDIRECT_ERRORS = ['access_denied', 'login_required', 'temporarily_unavailable', 'unauthorized_client', 'invalid_request', 'invalid_scope', 'server_error'] as const;
export const IDENTITY_OUTCOMES = ['P2', 'P1', 'none', 'return-code'] as const;

/** Where a person chooses who to be, how sure One Login is of it, and what goes wrong. */
export function authorizePage(id: string, { language, credential, level, claims }: AuthorizeRequest, people: readonly SimulatedPerson[]): string {
  const words = WORDS[language];
  return document(language, words.title, `
<p>${words.notReal} ${words.asked}: ${escape(credential)}, ${escape(level)}${claims.length > 0 ? `, ${escape(claims.map((claim) => claim.split('/').at(-1) ?? '').join(', '))}` : ''}</p>
<form method="post" action="/authorize">
<input type="hidden" name="request" value="${escape(id)}">
<fieldset><legend>${words.choose}</legend>${people.map((person, index) => `<p><label><input type="radio" name="person" value="${escape(person.id)}"${index === 0 ? ' checked' : ''}> ${escape(`${person.givenName} ${person.familyName}`)}, ${escape(person.email)} (${escape(person.identity)})</label></p>`).join('')}</fieldset>
<p><label>${words.identity} <select name="identity"><option value="">${words.asPerson}</option>${options(IDENTITY_OUTCOMES)}</select></label></p>
<p><label>${words.error} <select name="error"><option value="">${words.none}</option>${options(REDIRECT_ERRORS)}</select></label></p>
<button>${words.go}</button>
</form>`);
}

/** Where a tester makes things go wrong, changes keys, and ends sessions. */
export function controlPage(faults: ReadonlySet<FaultName>, sessions: readonly { readonly subject: string; readonly clientId: string; readonly email: string }[]): string {
  const names = Object.keys(FAULTS) as FaultName[];
  return document('en', 'One Login simulator', `
<p>${WORDS.en.notReal}</p>
<form method="post" action="/control"><input type="hidden" name="do" value="faults"><fieldset><legend>What goes wrong from now on</legend>${names.map((name) => `<p><label><input type="checkbox" name="fault" value="${name}"${faults.has(name) ? ' checked' : ''}> ${escape(FAULTS[name].says)}</label></p>`).join('')}</fieldset><button>Set</button></form>
<form method="post" action="/control"><input type="hidden" name="do" value="answer"><p><label>Next at <select name="path">${options(['/token', '/userinfo', '/.well-known/openid-configuration', '/.well-known/jwks.json', '/.well-known/did.json'])}</select></label> <label>answer with <select name="status">${options(['429', '500', '502', '503', '403'])}</select></label> <label>so many times <input name="times" value="1" inputmode="numeric" size="4"></label> <label>after so many seconds <input name="delay" value="0" inputmode="numeric" size="4"></label> <button>Set</button></p></form>
<form method="post" action="/control"><input type="hidden" name="do" value="rotate"><p>Another key signs from now on: <button name="keys" value="sign-in">sign-ins</button> <button name="keys" value="identity">identities</button></p></form>
<form method="post" action="/control"><input type="hidden" name="do" value="log-out"><fieldset><legend>Sign somebody out (back-channel logout)</legend>${sessions.map(({ subject, clientId, email }) => `<p>${escape(email)} at ${escape(clientId)} <button name="session" value="${escape(`${clientId} ${subject}`)}">Sign out</button></p>`).join('') || '<p>Nobody is signed in.</p>'}</fieldset></form>`);
}

/** Something that only a page can say: there is nowhere to send the browser. */
export function noticePage(title: string, text: string): string {
  return document('en', title, `<p>${escape(text)}</p>`);
}

function options(values: readonly string[]): string {
  return values.map((value) => `<option>${escape(value)}</option>`).join('');
}
function document(language: 'en' | 'cy', title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.3rem .8rem}fieldset{min-width:0;margin:0;overflow-wrap:anywhere}</style><h1>${escape(title)}</h1>${body}</html>`;
}
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
