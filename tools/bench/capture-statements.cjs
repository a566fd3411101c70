'use strict';
// Preloaded into a server that is measured: writes down every statement that it sends, so that the raw limit is measured with the same SQL.
const { appendFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const pg = createRequire(`${process.cwd()}/package.json`)('pg');
const file = process.env.CAPTURE_FILE;
const query = pg.Client.prototype.query;
/** Connections in which a transaction is open. */
const begun = new WeakSet();
pg.Client.prototype.query = function captured(...args) {
  const [first, second] = args;
  if (Array.isArray(first?.statements)) {
    // What goes as one message is a transaction, where none was begun.
    const texts = first.statements.map(({ text }) => text);
    if (texts.includes('BEGIN')) begun.add(this);
    const isWhole = !begun.has(this);
    if (texts.includes('COMMIT')) begun.delete(this);
    for (const { text, values } of [...(isWhole ? [{ text: 'BEGIN' }] : []), ...first.statements, ...(isWhole ? [{ text: 'COMMIT' }] : [])]) write(text, values);
    return query.apply(this, args);
  }
  const text = typeof first === 'string' ? first : first?.text;
  const values = typeof first === 'object' ? first?.values : Array.isArray(second) ? second : undefined;
  if (text === 'ROLLBACK') begun.delete(this);
  if (text) write(text, values);
  return query.apply(this, args);
};

function write(text, values) { appendFileSync(file, `${JSON.stringify({ text, values: (values ?? []).map(plain) })}\n`); }

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (Buffer.isBuffer(value)) return { bytes: value.toString('hex') };
  if (value instanceof Date) return { date: value.toISOString() };
  return value;
}
