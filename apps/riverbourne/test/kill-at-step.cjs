'use strict';
// Preloaded into a server that is to be killed: counts the steps at which the outside world can tell that something happened (before and after every
// commit, before every call to another system and when its answer has come), writes each down, and ends the process by SIGKILL at the one that is asked for.
// Counting begins when the file of ARMED exists.
const { appendFileSync, existsSync } = require('node:fs');
const http = require('node:http');
const { createRequire } = require('node:module');
const path = require('node:path');

const { KILL_AT, STEPS_FILE, ARMED } = process.env;
const pg = createRequire(path.join(__dirname, '../../../libs/kernel/module/package.json'))('pg');
let steps = 0;

function step(name) {
  if (!existsSync(ARMED)) return;
  steps += 1;
  appendFileSync(STEPS_FILE, `${steps} ${name}\n`);
  if (steps === Number(KILL_AT)) process.kill(process.pid, 'SIGKILL');
}

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(...args) {
  const text = typeof args[0] === 'string' ? args[0] : args[0]?.text;
  if (text !== 'COMMIT') return query.apply(this, args);
  step('before a commit');
  const sent = query.apply(this, args);
  if (sent && typeof sent.then === 'function') sent.then(() => step('after a commit'), () => undefined);
  return sent;
};

const request = http.request;
http.request = function counted(...args) {
  step('before a call');
  const call = request.apply(this, args);
  call.prependListener('response', () => step('an answer has come'));
  return call;
};
