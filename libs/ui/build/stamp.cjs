'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

function* filesBelow(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else yield file;
  }
}

/** A hash of everything that the assets are built from: when it differs, they are out of date. */
exports.stampOf = function stampOf(packageFolder) {
  const hash = createHash('sha256');
  for (const folder of ['styles', 'scripts', 'build']) {
    for (const file of filesBelow(path.join(packageFolder, folder))) hash.update(path.relative(packageFolder, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  for (const name of ['govuk-frontend', '@ministryofjustice/frontend']) hash.update(JSON.parse(fs.readFileSync(require.resolve(`${name}/package.json`, { paths: [packageFolder] }), 'utf8')).version);
  return hash.digest('hex').slice(0, 16);
};
