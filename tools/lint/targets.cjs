'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');

/** Tells Nx what can be done with every package, so that no package.json repeats it: build, test, test without a database (unit) and lint; an app can be packaged. */
exports.createNodesV2 = ['{libs,apps,tools}/**/package.json', (files, _options, { workspaceRoot }) => files.map((file) => {
  const root = path.dirname(file);
  const { nx } = JSON.parse(readFileSync(path.join(workspaceRoot, file), 'utf8'));
  if (!nx?.tags) return [file, {}];
  const targets = { build: {}, test: {}, unit: {}, lint: {}, ...(nx.tags.includes('layer:app') ? { package: {} } : {}) };
  return [file, { projects: { [root]: { targets } } }];
})];
