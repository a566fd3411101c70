/** One figure of a bench. `bound` is what it must keep: at most so much, or at least. */
export function figure(key, title, value, unit, bound) {
  const meets = bound === undefined ? undefined : bound.atMost !== undefined ? value <= bound.atMost : value >= bound.atLeast;
  return { key, title, value: Math.round(value * 1000) / 1000, unit, bound, meets };
}

/** Figures as a Markdown table. */
export function table(figures) {
  const rows = figures.map(({ key, title, value, unit, bound, meets }) => [title, `${value} ${unit}`.trim(), bound === undefined ? '' : bound.atMost !== undefined ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`, meets === undefined ? '' : meets ? 'yes' : 'no', `\`${key}\``]);
  const all = [['what', 'measured', 'bound', 'kept', 'key'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(all[0]), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
