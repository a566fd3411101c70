'use strict';
// Riverbourne, and beside its modules as many generated ones as MODULES says that there are to be.
const { createRequire } = require('node:module');
const path = require('node:path');

const from = createRequire(path.join(process.cwd(), 'apps/riverbourne/package.json'));
const { defineCouncil } = from('@guildhall/kernel-contract');
const { runCouncils } = from('@guildhall/kernel');
const { riverbourne } = require(path.join(process.cwd(), 'apps/riverbourne/dist/council.config.js'));

const council = defineCouncil('riverbourne', (given) => {
  const config = riverbourne.configure(given);
  const missing = Number(process.env.MODULES) - config.modules.filter(({ kind }) => kind === 'module').length;
  const generated = Array.from({ length: missing }, (_, at) => require(path.join(process.env.GENERATED, `register-${at + 1}`))[`register${at + 1}`]());
  return { ...config, modules: [...config.modules, ...generated] };
});
void runCouncils([council], process.argv.slice(2));
