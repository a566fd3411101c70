// Run as a program: node killed-at.cjs CHANGE STEP. Carries a change out, and is killed just before the STEPth time that it writes, moves or takes away a file or starts a program; what that program does is done, or not, as far as it comes.
// Ends with 0 when it had come to its end before.
const children = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [change, killAt] = [JSON.parse(process.argv[2]), Number(process.argv[3])];
let step = 0;
function counted(module, name) {
  const real = module[name];
  module[name] = (...args) => {
    step += 1;
    if (step === killAt) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
for (const name of ['writeFileSync', 'linkSync', 'renameSync', 'rmSync']) counted(fs, name);
counted(children, 'spawn');

const { carriedOut, textsIn } = require(path.join(__dirname, '../dist/installing/change.js'));
const folder = process.cwd();
carriedOut({ folder, now: new Date(), env: process.env, say: () => undefined, confirm: () => Promise.resolve(undefined) }, { ...change, read: textsIn(folder, Object.keys(change.texts)) })
  .then(({ ok }) => { process.exitCode = ok ? 0 : 1; });
