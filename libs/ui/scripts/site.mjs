// Enhances pages that already work without it.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs';
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs';
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs';
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs';
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs';
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs';
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs';

// The language switch is a link: what was typed and not yet sent waits in this window until the page is there in the other language. Neither secrets nor files do.
const TYPED = 'gh-typed';
const typedInto = () => [...document.querySelectorAll('main form')].flatMap((form) => [...form.elements]).filter(({ name, type, autocomplete }) => name && !['hidden', 'submit', 'button', 'password', 'file'].includes(type) && autocomplete !== 'one-time-code');
const isTick = ({ type }) => type === 'radio' || type === 'checkbox';
for (const link of document.querySelectorAll('a[hreflang]')) {
  link.addEventListener('click', () => sessionStorage.setItem(TYPED, JSON.stringify({ path: link.pathname, typed: typedInto().map((field) => (isTick(field) ? field.checked : field.value)) })));
}
const { path, typed = [] } = JSON.parse(sessionStorage.getItem(TYPED) ?? '{}');
sessionStorage.removeItem(TYPED);
const fields = path === location.pathname ? typedInto() : [];
if (fields.length === typed.length) fields.forEach((field, at) => {
  const kind = isTick(field) ? 'checked' : 'value';
  if (field[kind] === typed[at]) return;
  field[kind] = typed[at];
  field.closest('details')?.setAttribute('open', '');
});

for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) createAll(component);

// The answer to a form that was sent is kept by no browser: to go back to it would end at the browser's own error page. A question is asked anew at its address, with the answers that are kept.
// The attribute's value is that address, where it is another than this page's.
for (const { action, dataset: { asksAnew } } of document.querySelectorAll('form[data-asks-anew]')) {
  if (asksAnew || new URL(action).pathname === location.pathname) history.replaceState(history.state, '', asksAnew);
}

// A form is sent once: a second press within three seconds is a double click (the server refuses doubles by itself as well).
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sentAt = 0;
  form.addEventListener('submit', (event) => {
    if (event.timeStamp - sentAt < 3000 && sentAt > 0) event.preventDefault();
    else sentAt = event.timeStamp;
  });
  // Back to this page from the next one: it may be sent again.
  window.addEventListener('pageshow', () => { sentAt = 0; });
}
