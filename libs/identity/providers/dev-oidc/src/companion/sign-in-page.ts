import type { Language } from '@guildhall/kernel-contract';
import type { DemoPerson } from '../demo-people';
import type { Who } from '../demo-sign-in';
import { WORDS } from './words';

/** What was wrong with "somebody new", and what was typed. */
export interface NewcomerFaults { readonly name: string; readonly email: string; readonly isNameMissing: boolean; readonly isEmailWrong: boolean }

interface SignInPage {
  readonly language: Language;
  readonly who: Who;
  readonly councilName: string;
  readonly people: readonly DemoPerson[];
  readonly faults?: NewcomerFaults;
}

/** The page on which somebody chooses whom to be. Forms and nothing else: it works without a script. */
export function signInPage({ language, who, councilName, people, faults }: SignInPage): string {
  const words = WORDS[language];
  const title = who === 'officer' ? words.officersTitle : words.title;
  return document(language, `${faults ? words.error : ''}${title}`, `
    ${faults ? faultSummary(language, faults) : ''}
    <h1>${escape(title)}</h1>
    <p class="notice"><strong>${escape(words.notReal)}</strong></p>
    <p>${escape(words.chosenFor)} ${escape(councilName)}.</p>
    <form method="post" novalidate>
      <ul class="people">${people.map((person) => personItem(language, person)).join('')}</ul>
    </form>
    ${who === 'resident' ? newcomerForm(language, faults) : ''}
    <form method="post"><button class="quiet" name="choice" value="decline">${escape(words.decline)}</button></form>`);
}

/** A page that only says something. */
export function noticePage(language: Language, title: string, text: string): string {
  return document(language, title, `<h1>${escape(title)}</h1><p>${escape(text)}</p>`);
}

/** The page that asks whether to sign out here too. `form` is the library's own hidden form, whose id is `op.logoutForm`. */
export function signOutPage(language: Language, form: string): string {
  const words = WORDS[language];
  return document(language, words.signOut, `<h1>${escape(words.signOut)}</h1><p>${escape(words.signOutText)}</p>${form}
    <button form="op.logoutForm" name="logout" value="yes">${escape(words.signOut)}</button>`);
}

function personItem(language: Language, person: DemoPerson): string {
  const words = WORDS[language];
  const facts = person.staff
    ? [person.email ?? '', person.staff.roles.map((role) => words.roles[role] ?? role).join(', ')]
    : [
      person.email ? `${person.email} (${person.isEmailVerified ? words.verified : words.notVerified})` : words.noEmail,
      person.phone ?? '', words.confidence[person.confidence], person.language === 'cy' ? words.speaksWelsh : '',
    ];
  const id = `facts-${escape(person.subject)}`;
  return `<li><button name="choice" value="${escape(person.subject)}" aria-describedby="${id}">${escape(words.continueAs(person.name))}</button> <span class="facts" id="${id}">${escape(facts.filter(Boolean).join(' · '))}</span></li>`;
}

function newcomerForm(language: Language, faults?: NewcomerFaults): string {
  const words = WORDS[language];
  const error = (id: string, message: string) => `<p class="error" id="${id}-error">${escape(words.error)}${escape(message)}</p>`;
  return `
    <form method="post" novalidate>
      <h2>${escape(words.somebodyNew)}</h2>
      <label for="name">${escape(words.name)}</label>
      ${faults?.isNameMissing ? error('name', words.nameMissing) : ''}
      <input id="name" name="name" autocomplete="name" spellcheck="false" maxlength="200" value="${escape(faults?.name ?? '')}"${faults?.isNameMissing ? ' aria-describedby="name-error" aria-invalid="true"' : ''}>
      <label for="email">${escape(words.email)}</label>
      <p class="hint" id="email-hint">${escape(words.emailHint)}</p>
      ${faults?.isEmailWrong ? error('email', words.emailWrong) : ''}
      <input id="email" name="email" type="email" autocomplete="email" spellcheck="false" maxlength="254" value="${escape(faults?.email ?? '')}" aria-describedby="email-hint${faults?.isEmailWrong ? ' email-error' : ''}"${faults?.isEmailWrong ? ' aria-invalid="true"' : ''}>
      <button name="choice" value="new">${escape(words.signIn)}</button>
    </form>`;
}

function faultSummary(language: Language, faults: NewcomerFaults): string {
  const words = WORDS[language];
  const lines = [faults.isNameMissing ? `<li><a href="#name">${escape(words.nameMissing)}</a></li>` : '', faults.isEmailWrong ? `<li><a href="#email">${escape(words.emailWrong)}</a></li>` : ''];
  return `<div class="summary" role="alert" tabindex="-1" aria-labelledby="summary-title"><h2 id="summary-title">${escape(words.problem)}</h2><ul>${lines.join('')}</ul></div>`;
}

function document(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body><main>${body}</main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Plain, and unlike any council: nobody should take this for a real sign-in. */
export const STYLE = `
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.375rem; margin-top: 2.5rem; }
.notice { border-left: .5rem solid #7a5cb8; padding: .5rem 1rem; }
.people { list-style: none; padding: 0; } .people li { border-top: 1px solid GrayText; padding: .75rem 0; }
.facts, .hint { display: block; margin: .25rem 0; font-size: 1rem; overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .4rem 1rem; border: 2px solid #4b2e83; border-radius: .25rem; background: #4b2e83; color: #fff; cursor: pointer; }
button:hover { background: #38206a; }
button.quiet { background: Canvas; color: CanvasText; border-color: CanvasText; margin-top: 2rem; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input { font: inherit; width: 100%; max-width: 24rem; padding: .4rem; border: 2px solid CanvasText; background: Canvas; color: CanvasText; margin-bottom: .75rem; }
:focus-visible { outline: 3px solid #e8a200; outline-offset: 2px; }
.error { color: #b00020; font-weight: 600; margin: .25rem 0; } input[aria-invalid] { border-color: #b00020; }
.summary { border: 4px solid #b00020; padding: 0 1rem; } .summary a { color: #b00020; font-weight: 600; }
@media (prefers-color-scheme: dark) { .error, .summary a { color: #ff8a9a; } .summary, input[aria-invalid] { border-color: #ff8a9a; } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
