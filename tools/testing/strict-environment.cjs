'use strict';
const { AsyncLocalStorage } = require('node:async_hooks');
const { ChildProcess } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const vm = require('node:vm');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const connect = net.Socket.prototype.connect;
/** What jest's own modules ask the global object for, to be sure of the originals when a spec has put fakes in their place. */
const ORIGINALS = { promise: Promise, now: Date.now.bind(Date), 'read-file': fs.readFileSync.bind(fs), 'write-file': fs.writeFileSync.bind(fs), 'exists-file': fs.existsSync.bind(fs) };
/** Stands for the context that a spec's modules run in, which is that of the process: what is installed is shared by all specs, and an Error or a Date must be the same to both. */
const HERE = vm.createContext();
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) => compileFunction(code, parameters, options?.parsingContext === HERE ? { ...options, parsingContext: undefined } : options);

/**
 * What has followed promises since the last spec ended. Each spec gets a jest of its own, which follows those of its tests and never stops: with every spec that a process had run, every promise
 * of the next ones took longer, ten times as long in the end. Node 24 has no need of this, nor what is asked for here.
 */
const following = new Set();
const { _enable: follow } = AsyncLocalStorage.prototype;
if (follow) AsyncLocalStorage.prototype._enable = function _enable() {
  following.add(this);
  follow.call(this);
};

/** An environment of Node's, in which a spec fails that leaves a server, a connection or a process running, and none reaches beyond this machine. */
module.exports = class StrictEnvironment {
  global = globalThis;

  constructor({ projectConfig }) {
    const { timeoutInSeconds, customExportConditions } = projectConfig.testEnvironmentOptions;
    this.conditions = customExportConditions;
    for (const [name, original] of Object.entries(ORIGINALS)) globalThis[Symbol.for(`jest-native-${name}`)] = original;
    // As jest.setTimeout would: jest reads the option "testTimeout" of a project, and forgets it.
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = timeoutInSeconds * 1000;
    Error.stackTraceLimit = 100;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({ config: projectConfig, global: globalThis, moduleMocker: this.moduleMocker, timerConfig: { idToRef: (id) => id, refToId: (timer) => timer } });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  exportConditions() { return this.conditions; }
  getVmContext() { return this.global && HERE; }

  async setup() {
    this.before = new Set(process._getActiveHandles());
    this.variables = { ...process.env };
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
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    for (const storage of following) storage.disable();
    following.clear();
    net.Socket.prototype.connect = connect;
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    this.global = undefined;
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
