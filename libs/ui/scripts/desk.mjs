// The desk's shortcuts, found on the page itself: whatever has data-key answers to it, and "?" lists them.
// Single letters do nothing while somebody types, and can be switched off (WCAG 2.2, 2.1.4).
const SWITCH = 'guildhall-shortcuts';
const isOn = () => localStorage.getItem(SWITCH) !== 'off';
const dialog = document.querySelector('[data-shortcuts]');
let goingTo = 0;

const nameOf = (element) => element.dataset.keyName || element.getAttribute('aria-label') || element.textContent.trim().replace(/\s+/g, ' ');
const act = (element) => {
  if (element.matches('input, select, textarea')) { element.focus(); element.select?.(); } else element.click();
};

function list() {
  const rows = dialog.querySelector('tbody');
  rows.replaceChildren();
  for (const element of document.querySelectorAll('[data-key]')) {
    if (element.closest('[hidden], dialog')) continue;
    const row = rows.insertRow();
    row.className = 'govuk-table__row';
    const key = document.createElement('kbd');
    key.textContent = element.dataset.key;
    const cells = [row.insertCell(), row.insertCell()];
    for (const cell of cells) cell.className = 'govuk-table__cell';
    cells[0].append(key);
    cells[1].textContent = nameOf(element);
  }
}

if (dialog) {
  const box = dialog.querySelector('input[type="checkbox"]');
  box.checked = isOn();
  box.addEventListener('change', () => localStorage.setItem(SWITCH, box.checked ? 'on' : 'off'));
  for (const opener of document.querySelectorAll('[data-opens-shortcuts]')) {
    opener.hidden = false;
    opener.addEventListener('click', () => { list(); dialog.showModal(); });
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    if (event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')) return;
    if (event.key === '?') { list(); dialog.showModal(); return; }
    if (!isOn()) return;
    if (event.key === 'g') { goingTo = event.timeStamp; return; }
    const pressed = event.timeStamp - goingTo < 1500 && goingTo > 0 ? `g ${event.key}` : event.key;
    goingTo = 0;
    const element = document.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
    if (element) { event.preventDefault(); act(element); }
  });
}

// Rows to choose, and the bar that acts on them.
for (const table of document.querySelectorAll('[data-choose-rows]')) {
  const boxes = [...table.querySelectorAll('tbody input[type="checkbox"]')];
  const all = table.querySelector('[data-choose-all]');
  const bar = document.getElementById(table.dataset.chooseRows);
  const count = bar?.querySelector('[data-chosen-count]');
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (bar) bar.hidden = chosen === 0;
    if (count) count.textContent = String(chosen);
    if (all) { all.checked = chosen > 0 && chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
    for (const box of boxes) box.closest('tr').classList.toggle('gh-row--chosen', box.checked);
  };
  if (all) all.addEventListener('change', () => { for (const box of boxes) box.checked = all.checked; show(); });
  for (const box of boxes) box.addEventListener('change', show);
  show();
}

for (const button of document.querySelectorAll('[data-prints]')) { button.hidden = false; button.addEventListener('click', () => window.print()); }
