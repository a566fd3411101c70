'use strict';
// Takes the file REGISTER_FILE as a node does that comes by it; says how long that took, in seconds.
const { createRequire } = require('node:module');
const path = require('node:path');

const app = createRequire(path.join(process.cwd(), 'apps/exchange-node/package.json'));
const { csvRegister } = app('@guildhall/sharing-provider-csv-drop');
const { testProviderDependencies } = app('@guildhall/kernel-contract/testing');

const { REGISTER_FILE: file, DATA_FOLDER: dataFolder } = process.env;
const clock = { now: () => new Date() };
const columns = { source: 'council-tax-register', localId: 'account', attributes: { 'address.current': { lines: ['address', 'town'], postcode: 'postcode', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'reduction' } } };
const register = csvRegister({ folder: path.dirname(file), file: path.basename(file), columns, completeWhen: { marker: '.done' } }).create(testProviderDependencies({ clock, dataFolder }));

void (async () => {
  const began = performance.now();
  const { ok, message } = await register.check();
  const seconds = (performance.now() - began) / 1000;
  if (!ok) throw new Error(message);
  const [{ rows, people }] = await register.report();
  const [first] = await register.read({}, 'account-0', ['address.current']);
  process.stdout.write(JSON.stringify({ seconds, rows, people, told: first?.value.postcode, peakMb: process.resourceUsage().maxRSS / 1024 }));
})();
