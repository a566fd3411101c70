import { FAULTS } from './faults';
import type { FaultName } from './faults';
import type { SimulatedPerson } from './people';

const WORDS = {
  en: { title: 'Simulated sign-in', notReal: 'This is a simulator: nobody here is real.', choose: 'Who are you?', factor: 'How do you sign in?', asPerson: 'As this person does', with: 'With a second factor', without: 'With a password alone', error: 'Come back with an error instead', none: 'No error', go: 'Continue' },
  cy: { title: 'Mewngofnodi efelychiadol', notReal: 'Efelychydd yw hwn: nid oes neb yma’n go iawn.', choose: 'Pwy ydych chi?', factor: 'Sut rydych chi’n mewngofnodi?', asPerson: 'Fel y mae’r person hwn', with: 'Gydag ail ffactor', without: 'Gyda chyfrinair yn unig', error: 'Dychwelyd gyda gwall yn lle hynny', none: 'Dim gwall', go: 'Parhau' },
} as const;

/** Errors with which a far end may send somebody back. */
export const REDIRECT_ERRORS = ['access_denied', 'login_required', 'interaction_required', 'unmet_authentication_requirements', 'temporarily_unavailable', 'server_error', 'unauthorized_client', 'invalid_request', 'invalid_scope'] as const;

/** Where a person chooses who to be, how, and what goes wrong. */
export function choosePage(language: 'en' | 'cy', people: readonly SimulatedPerson[]): string {
  const words = WORDS[language];
  return document(language, words.title, `
<p>${words.notReal}</p>
<form method="post">
<fieldset><legend>${words.choose}</legend>${people.map(({ id, givenName, familyName, email }, index) => `<p><label><input type="radio" name="person" value="${escape(id)}"${index === 0 ? ' checked' : ''}> ${escape(`${givenName} ${familyName}`)}, ${escape(email)}</label></p>`).join('')}</fieldset>
<p><label>${words.factor} <select name="factor"><option value="">${words.asPerson}</option><option value="two">${words.with}</option><option value="one">${words.without}</option></select></label></p>
<p><label>${words.error} <select name="error"><option value="">${words.none}</option>${options(REDIRECT_ERRORS)}</select></label></p>
<button>${words.go}</button>
</form>`);
}

/** Where a tester makes things go wrong, changes keys, closes accounts and ends sessions. */
export function controlPage({ faults, people, closed, sessions, paths }: { readonly faults: ReadonlySet<FaultName>; readonly people: readonly SimulatedPerson[]; readonly closed: ReadonlySet<string>; readonly sessions: readonly { readonly clientId: string; readonly personId: string }[]; readonly paths: readonly string[] }): string {
  const names = Object.keys(FAULTS) as FaultName[];
  return document('en', 'OpenID Connect simulator', `
<p>${WORDS.en.notReal}</p>
<form method="post" action="/control"><input type="hidden" name="do" value="faults"><fieldset><legend>What goes wrong from now on</legend>${names.map((name) => `<p><label><input type="checkbox" name="fault" value="${name}"${faults.has(name) ? ' checked' : ''}> ${escape(FAULTS[name].says)}</label></p>`).join('')}</fieldset><button>Set</button></form>
<form method="post" action="/control"><input type="hidden" name="do" value="answer"><p><label>Next at <select name="path">${options(paths)}</select></label> <label>answer with <select name="status">${options(['429', '500', '502', '503', '403'])}</select></label> <label>so many times <input name="times" value="1" inputmode="numeric" size="4"></label> <label>after so many seconds <input name="delay" value="0" inputmode="numeric" size="4"></label> <button>Set</button></p></form>
<form method="post" action="/control"><p>Another key signs from now on: <button name="do" value="rotate">change the key</button> <button name="do" value="withdraw">change it, and withdraw the old one</button></p></form>
<form method="post" action="/control"><fieldset><legend>Accounts</legend>${people.map(({ id, email }) => `<p>${escape(email)} <button name="${closed.has(id) ? 'reopen' : 'close'}" value="${escape(id)}">${closed.has(id) ? 'Open again' : 'Close'}</button></p>`).join('')}</fieldset></form>
<form method="post" action="/control"><input type="hidden" name="do" value="log-out"><fieldset><legend>Sign somebody out (back-channel logout)</legend>${sessions.map(({ clientId, personId }) => `<p>${escape(personId)} at ${escape(clientId)} <button name="session" value="${escape(`${clientId} ${personId}`)}">Sign out</button></p>`).join('') || '<p>Nobody is signed in.</p>'}</fieldset></form>`);
}

/** Asks whether to sign out. `form` is the library's own hidden form, whose id is `op.logoutForm`. */
export function leavePage(form: string): string {
  return document('en', 'Sign out', `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
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
