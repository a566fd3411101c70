'use strict';
// One body of the demonstration in a process of its own: SHARES_AS says which. It is told what its officers would do by the process that started it, and does it by the modules' own services.
const path = require('node:path');
require('reflect-metadata');
const { defineCouncil } = require('@guildhall/kernel-contract');
const { runCouncil } = require('@guildhall/kernel');
const { sharing } = require('@guildhall/sharing');
const { riverbournesServices } = require('./riverbournes-services.cjs');
const { setUp } = require('./set-up.cjs');
const { COUNTY, RIVERBOURNE, TRUST } = require('./what-they-agreed.cjs');

const root = path.resolve(__dirname, '../..');
const { SHARES_AS: slug, NODE_FILE: file, ASSESSOR: assessor, ASSESSMENTS: assessments, CREWS: crews } = process.env;

const DEFINITIONS = {
  [RIVERBOURNE]: () => require(path.join(root, 'apps/riverbourne/dist/council.config.js')).riverbourne,
  [COUNTY]: () => require('./aldermoor-county.cjs').aldermoorCounty,
  [TRUST]: () => require(path.join(root, 'apps/exchange-node/dist/node-config.js')).exchangeNode(file),
};

/** Whose assessments count is each body's own decision: here all three recognise one assessor, let others fetch what it found, and have officers who work on devices that somebody looks after. */
const recognising = (installation) => (installation.id === 'sharing' ? sharing({ ...installation.options, assessors: [JSON.parse(assessor)], officersUse: { network: 'internet', device: 'managed' }, deployment: { ...installation.options.deployment, assessments } }) : installation);

const definition = DEFINITIONS[slug]();
void runCouncil(defineCouncil(slug, (given) => {
  const config = definition.configure(given);
  return { ...config, modules: [...config.modules.map(recognising), ...(slug === RIVERBOURNE ? riverbournesServices(crews) : []), setUp()] };
}), process.argv.slice(2));
