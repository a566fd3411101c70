/** One figure of a bench. `bound` is what it must keep: at most so much, or at least. */
export function figure(key, title, value, unit, bound) {
  const meets = bound === undefined ? undefined : bound.atMost !== undefined ? value <= bound.atMost : value >= bound.atLeast;
  return { key, title, value: Math.round(value * 1000) / 1000, unit, bound, meets };
}

/**
 * Figures as a Markdown table.
 *
 * @param {string} [before] a page with such a table: its rows stay where they are, and those of the same key give way to the newer
 */
export function table(figures, before = '') {
  const measured = figures.map(({ key, title, value, unit, bound, meets }) => [title, `${value} ${unit}`.trim(), bound === undefined ? '' : bound.atMost !== undefined ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`, meets === undefined ? '' : meets ? 'yes' : 'no', `\`${key}\``]);
  const byKey = new Map([...rowsIn(before), ...measured].map((row) => [row.at(-1), row]));
  const all = [['what', 'measured', 'bound', 'kept', 'key'], ...byKey.values()];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(all[0]), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...all.slice(1).map(line)].join('\n');
}

/** The rows of a table of figures. */
function rowsIn(page) {
  return page.split('\n').filter((line) => /^\|.*\| `[a-z0-9.-]+` *\|$/.test(line)).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}
