'use strict';
// 433 councils in one process, made from the two of this repository under other names.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const kernel = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { defineCouncil } = kernel('@guildhall/kernel-contract');
const { runCouncils } = kernel('@guildhall/kernel');
const { riverbourne } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));
const { glanafon } = require(path.join(root, 'apps/glanafon/dist/council.config.js'));

const count = Number(process.env.COUNCILS);
const councils = Array.from({ length: count }, (_, at) => {
  const model = at % 2 ? glanafon : riverbourne;
  return defineCouncil(`council-${at}`, (given) => {
    const config = model.configure(given);
    return { ...config, council: { ...config.council, id: `0199a3f2-0000-7000-8000-${String(at).padStart(12, '0')}` } };
  });
});
void runCouncils(councils, process.argv.slice(2));
