'use strict';
// Preloaded into a server or worker that is to be killed. It names every step at which the world outside the process has changed or is about to: before and after each
// commit that writes, before each call of another system and when its answer has come, when a far end beside the server has written something down, when a file gets its
// name. The file of ARMED says from when steps are counted and at which one the process ends by SIGKILL, as in a power cut: nothing is tidied up.
// The file of CLOCK says by how many milliseconds the process' clock is ahead, and is read again on SIGUSR2: so that minutes can pass in a moment.
const fs = require('node:fs');
const http = require('node:http');
const { createRequire } = require('node:module');
const path = require('node:path');

const { ARMED, STEPS, CLOCK } = process.env;
const pg = createRequire(path.join(__dirname, '../../../libs/kernel/module/package.json'))('pg');
const { existsSync, appendFileSync, readFileSync } = fs;

let run = '';
let seen = new Map();

function step(what) {
  if (!ARMED || !existsSync(ARMED)) return;
  const armed = JSON.parse(readFileSync(ARMED, 'utf8') || '{}');
  if (armed.run === undefined) return;
  if (armed.run !== run) {
    run = armed.run;
    seen = new Map();
  }
  const count = (seen.get(what) ?? 0) + 1;
  seen.set(what, count);
  const name = count === 1 ? what : `${what}, time ${count}`;
  appendFileSync(STEPS, `${run}\t${name}\n`);
  if (name === armed.killAt) process.kill(process.pid, 'SIGKILL');
}

// ── The database: a step is before and after each commit of a transaction that wrote. Work is named by its kind, however much of it moves at once.
const WRITES = /\b(?:insert\s+into|update(?!\s+set\b)|delete\s+from)\s+(?:only\s+)?("?[a-z_]+"?\."?[a-z_0-9]+"?)/gi;
const open = new WeakMap();
const kindOfJob = new Map();

function tablesIn(text) {
  return [...new Set([...text.matchAll(WRITES)].map(([, table]) => table.replaceAll('"', '').replace(/^queue\..*/, 'queue')))];
}
/** The kinds of the jobs that a statement of the queue, or of the jobs that wait for it, has handed out. */
function kindsIn(result, tables) {
  const rows = tables.includes('queue') || tables.includes('kernel.waiting_job') ? (result?.rows ?? []) : [];
  for (const { id, data } of rows) if (typeof data?.kind === 'string') kindOfJob.set(id, data.kind);
  return rows.map((row) => row.kind ?? row.data?.kind).filter((kind) => typeof kind === 'string');
}

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(...args) {
  if (Array.isArray(args[0]?.statements)) return countedTogether(this, args[0]);
  const text = typeof args[0] === 'string' ? args[0] : (args[0]?.text ?? '');
  // The queue's own upkeep comes as one text with all its statements.
  if (/^\s*begin\b[\s\S]*\bcommit\b/i.test(text)) return query.apply(this, args);
  if (/^\s*begin\b/i.test(text)) open.set(this, { tables: new Map(), kinds: [] });
  const transaction = open.get(this);
  if (/^\s*rollback\b/i.test(text)) open.delete(this);
  const tables = tablesIn(text);
  if (transaction && /^\s*commit\b/i.test(text)) {
    open.delete(this);
    const names = namesOf(transaction);
    for (const name of names) step(`before the commit ${name}`);
    return names.length === 0 ? query.apply(this, args) : then(this, args, () => { for (const name of names) step(`after the commit ${name}`); });
  }
  if (tables.length === 0) return query.apply(this, args);
  if (transaction) {
    // Until the answer has come, a statement counts as one that wrote: some are sent together with their commit.
    for (const table of tables) if (!transaction.tables.has(table)) transaction.tables.set(table, 'unknown');
    return then(this, args, (result) => {
      transaction.kinds.push(...kindsIn(result, tables));
      for (const table of tables) transaction.tables.set(table, (result?.rowCount ?? 0) > 0 || transaction.tables.get(table) === 'written' ? 'written' : 'nothing');
    });
  }
  return then(this, args, (result) => {
    for (const kind of kindsIn(result, tables)) step(`when the worker has taken ${kind}`);
    for (const id of Array.isArray(args[1]?.[1]) ? args[1][1] : []) if (kindOfJob.has(id)) step(`when the worker has settled ${kindOfJob.get(id)}`);
  });
};

/** Statements that go as one message: outside a transaction that was begun they are one, with their commit. */
function countedTogether(client, together) {
  const texts = together.statements.map(({ text }) => text);
  if (texts.includes('BEGIN')) open.set(client, { tables: new Map(), kinds: [] });
  const isWhole = !open.has(client);
  const transaction = open.get(client) ?? { tables: new Map(), kinds: [] };
  for (const table of texts.flatMap(tablesIn)) if (!transaction.tables.has(table)) transaction.tables.set(table, 'unknown');
  const isLast = isWhole || texts.includes('COMMIT');
  if (isLast) open.delete(client);
  const names = isLast ? namesOf(transaction) : [];
  for (const name of names) step(`before the commit ${name}`);
  const { answered, handleCommandComplete } = together;
  const counts = [];
  together.handleCommandComplete = function complete(message) {
    counts.push(Number(/\d+$/.exec(message?.text ?? '')?.[0] ?? 0));
    return handleCommandComplete.call(this, message);
  };
  together.answered = (error, rows) => {
    if (!error) texts.forEach((text, at) => {
      const tables = tablesIn(text);
      transaction.kinds.push(...kindsIn({ rows: rows[at] }, tables));
      for (const table of tables) transaction.tables.set(table, counts[at] > 0 || transaction.tables.get(table) === 'written' ? 'written' : 'nothing');
    });
    if (!error) for (const name of names) step(`after the commit ${name}`);
    return answered(error, rows);
  };
  return query.call(client, together);
}

function namesOf({ tables, kinds }) {
  if (kinds.length > 0) return kinds.map((kind) => `that queues ${kind}`);
  const wrote = [...tables].filter(([table, state]) => state !== 'nothing' && table !== 'queue').map(([table]) => table).sort();
  return wrote.length > 0 ? [`of ${wrote.join(', ')}`] : [];
}

/** Sends a statement and is the first to hear of its success. */
function then(client, args, heard) {
  const last = args.length - 1;
  if (typeof args[last] === 'function') {
    const callback = args[last];
    args[last] = function answered(error, result) {
      if (!error) heard(result);
      return callback.call(this, error, result);
    };
    return query.apply(client, args);
  }
  const sent = query.apply(client, args);
  if (sent && typeof sent.then === 'function') sent.then(heard, () => undefined);
  return sent;
}

// ── Other systems.
const request = http.request;
http.request = function counted(...args) {
  const { method = 'GET', path: target = '/' } = typeof args[0] === 'object' ? args[0] : {};
  const what = `${method} ${String(target).split('?')[0].replace(/\/[A-Za-z0-9_-]{16,}/g, '/:id')}`;
  step(`before the call ${what}`);
  const call = request.apply(this, args);
  call.prependListener('response', () => step(`when ${what} is answered`));
  return call;
};

// ── The far ends beside the server write every line to their book before they answer.
const { writeSync, fdatasyncSync } = fs;
let written = '';
fs.writeSync = function remembered(file, data, ...rest) {
  if (typeof data === 'string') written = data;
  return writeSync.call(fs, file, data, ...rest);
};
fs.fdatasyncSync = function counted(file) {
  fdatasyncSync.call(fs, file);
  let line = {};
  try { line = JSON.parse(written); } catch { /* Not a line of a book. */ }
  if (typeof line.what === 'string') step(`when the far end has written down: ${[line.what, line.status, line.state].filter(Boolean).join(' ')}`);
};

// ── Files that appear by getting their name.
for (const name of ['rename', 'link']) {
  const original = fs.promises[name];
  fs.promises[name] = async function counted(from, to) {
    const what = /[\\/](outbox|documents)[\\/]/.exec(String(to))?.[1];
    if (what && !String(to).endsWith('.claim')) step(`before a file of ${what} gets its name`);
    await original.call(fs.promises, from, to);
    if (what) step(`when a ${String(to).endsWith('.claim') ? 'claim' : 'file'} of ${what} has its name`);
  };
}

// ── The clock.
const RealDate = Date;
let ahead = 0;
function readClock() {
  ahead = CLOCK && existsSync(CLOCK) ? Number(readFileSync(CLOCK, 'utf8')) || 0 : 0;
}
readClock();
process.on('SIGUSR2', readClock);
const now = () => RealDate.now() + ahead;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made === globalThis.Date ? target : made),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

// Whoever started this process may send it signals from now on.
process.stderr.write('Steps are counted.\n');
