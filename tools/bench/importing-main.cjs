'use strict';
// Riverbourne that imports the points of the file UPRN_FILE.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const app = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { defineCouncil } = app('@guildhall/kernel-contract');
const { runCouncils } = app('@guildhall/kernel');
const { addresses } = app('@guildhall/addresses');
const { riverbourne } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));

const council = defineCouncil('riverbourne', (given) => {
  const config = riverbourne.configure(given);
  return { ...config, modules: config.modules.map((module) => (module.id === 'addresses' ? addresses({ ...module.options, openUprn: { file: process.env.UPRN_FILE } }) : module)) };
});
void runCouncils([council], process.argv.slice(2));
