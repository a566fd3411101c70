// On an adviser's screen, an answer on which other questions depend shows them at once: by the same form and button that work without this script.
const form = document.querySelector('[data-assist]');
const update = form?.querySelector('[data-update]');
const KEPT = 'guildhall-assist';
if (form && update) {
  form.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !['radio', 'checkbox'].includes(field.type) || !field.closest('[data-opens-questions]')) return;
    sessionStorage.setItem(KEPT, JSON.stringify({ id: field.id, top: field.getBoundingClientRect().top }));
    form.requestSubmit(update);
  });
  // Where the adviser was, so that the next question is under their eyes.
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const was = kept ? JSON.parse(kept) : undefined;
  const field = was && document.getElementById(was.id);
  if (field && !document.querySelector('.govuk-error-summary')) {
    field.focus({ preventScroll: true });
    window.scrollBy(0, field.getBoundingClientRect().top - was.top);
  }
}
