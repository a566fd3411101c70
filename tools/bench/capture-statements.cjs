'use strict';
// Preloaded into a server that is measured: writes down every statement that it sends, so that the raw limit is measured with the same SQL.
const { appendFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const pg = createRequire(`${process.cwd()}/package.json`)('pg');
const file = process.env.CAPTURE_FILE;
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function captured(...args) {
  const [first, second] = args;
  const text = typeof first === 'string' ? first : first?.text;
  const values = typeof first === 'object' ? first?.values : Array.isArray(second) ? second : undefined;
  if (text) appendFileSync(file, `${JSON.stringify({ text, values: (values ?? []).map(plain) })}\n`);
  return query.apply(this, args);
};

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (Buffer.isBuffer(value)) return { bytes: value.toString('hex') };
  if (value instanceof Date) return { date: value.toISOString() };
  return value;
}
