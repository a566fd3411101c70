'use strict';
const net = require('node:net');
const { TestEnvironment } = require('jest-environment-node');

/** What a spec may leave behind only by mistake: it would keep a process alive, or talk to the next spec. */
const LEAKS = ['TCPServerWrap', 'TCPSocketWrap', 'PipeServerWrap', 'ProcessWrap'];
const connect = net.Socket.prototype.connect;

/** Node's environment, in which a spec that leaves a server, a connection or a process running fails, and none reaches beyond this machine. */
module.exports = class StrictEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.before = count();
    net.Socket.prototype.connect = refuseOtherMachines;
  }

  async teardown() {
    const leaked = await leaks(this.before);
    net.Socket.prototype.connect = connect;
    await super.teardown();
    if (leaked.length > 0) throw new Error(`This spec left running: ${leaked.join(', ')}. Close servers, pools, browsers and processes in afterAll.`);
  }
};

function count() {
  const counts = new Map();
  for (const name of process.getActiveResourcesInfo()) if (LEAKS.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Closing takes a moment: what is gone within two seconds was not leaked. */
async function leaks(before) {
  for (let waited = 0; ; waited += 20) {
    const left = [...count()].filter(([name, number]) => number > (before.get(name) ?? 0)).map(([name, number]) => `${number - (before.get(name) ?? 0)} ${name}`);
    if (left.length === 0 || waited >= 2000) return left;
    await new Promise((done) => setTimeout(done, 20));
  }
}

function refuseOtherMachines(...given) {
  const options = net._normalizeArgs(Array.isArray(given[0]) ? given[0] : given)[0];
  const host = options.path ? undefined : options.host;
  if (host !== undefined && !/^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|.+\.localhost)$/.test(host)) {
    process.nextTick(() => this.destroy(new Error(`A spec tried to reach ${host}: specs use no network beyond this machine.`)));
    return this;
  }
  return connect.apply(this, given);
}
