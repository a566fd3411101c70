'use strict';
const { ChildProcess } = require('node:child_process');
const net = require('node:net');
const { TestEnvironment } = require('jest-environment-node');

const connect = net.Socket.prototype.connect;

/** Node's environment, in which a spec fails that leaves a server, a connection or a process running, and none reaches beyond this machine. */
module.exports = class StrictEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.timeoutInSeconds = config.projectConfig.testEnvironmentOptions.timeoutInSeconds;
  }

  async setup() {
    await super.setup();
    // As jest.setTimeout would: jest reads the option "testTimeout" of a project, and forgets it.
    this.global[Symbol.for('TEST_TIMEOUT_SYMBOL')] = this.timeoutInSeconds * 1000;
    this.before = new Set(process._getActiveHandles());
    net.Socket.prototype.connect = refuseOtherMachines;
  }

  async handleTestEvent(event, state) {
    if (event.name !== 'run_finish') return;
    const left = await leftRunning(this.before);
    if (left.length === 0) return;
    const names = left.map(nameOf).join(', ');
    for (const handle of left) end(handle);
    state.unhandledErrors.push(new Error(`This spec left running: ${names}. Close servers, pools, browsers and processes in afterAll.`));
  }

  async teardown() {
    net.Socket.prototype.connect = connect;
    await super.teardown();
  }
};

/** What would keep a process alive, or talk to the next spec. Closing takes a moment: what is gone within two seconds was not left. */
async function leftRunning(before) {
  for (let waited = 0; ; waited += 20) {
    const left = process._getActiveHandles().filter((handle) => !before.has(handle) && nameOf(handle) !== undefined);
    if (left.length === 0 || waited >= 2000) return left;
    await new Promise((done) => setTimeout(done, 20));
  }
}

function nameOf(handle) {
  if (handle instanceof net.Server) return `a server on port ${handle.address()?.port ?? handle.address()}`;
  if (handle instanceof net.Socket && handle.remotePort) return `a connection to port ${handle.remotePort}`;
  if (handle instanceof ChildProcess) return `the process ${handle.pid} (${handle.spawnfile})`;
  return undefined;
}

function end(handle) {
  if (handle instanceof net.Server) handle.close();
  else if (handle instanceof net.Socket) handle.destroy();
  else handle.kill('SIGKILL');
}

function refuseOtherMachines(...given) {
  const { host, path } = net._normalizeArgs(Array.isArray(given[0]) ? given[0] : given)[0];
  if (path === undefined && host !== undefined && !/^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|.+\.localhost)$/.test(host)) {
    process.nextTick(() => this.destroy(new Error(`A spec tried to reach ${host}: specs use no network beyond this machine.`)));
    return this;
  }
  return connect.apply(this, given);
}
